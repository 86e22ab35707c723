import { AsyncLocalStorage } from 'node:async_hooks';
import type { Knex } from 'knex';
import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers';

const TURN_MS = 8; // queries in one turn of the event loop; everybody else is served after it

const ahead = new AsyncLocalStorage<true>();

/** Asks the record before others who wait for their turn: for what somebody looks at, one at a time. */
export function aheadOfOthers<T>(work: () => Promise<T>): Promise<T> {
  return ahead.run(true, work);
}

/**
 * Lets the event loop turn while the record is asked. SQLite answers in the
 * call itself, so that a chain of awaited queries, however long, is one turn of
 * the loop: nobody else is served meanwhile. Once a turn has lasted, the next
 * query waits for another one, in the order of asking. Transactions are not cut,
 * and who waits for a connection waits here, where somebody may go ahead.
 */
export function shareTurns(knex: Knex): void {
  const { client } = knex;
  const { pool } = client;
  const acquire: () => Promise<unknown> = client.acquireConnection.bind(client);
  const release: (connection: unknown) => Promise<void> =
    client.releaseConnection.bind(client);
  const waiting: Array<() => void> = [];
  let beganMs: number | undefined;

  const isTaken = () =>
    pool.numUsed() + pool.numPendingAcquires() + pool.numPendingValidations() >=
    pool.max;
  /** Whether a query may go on in this turn; after it, `next` is called. */
  const hasTurn = (next: () => void) => {
    if (isTaken()) return false;
    if (beganMs === undefined) {
      beganMs = performance.now();
      setImmediate(() => {
        beganMs = undefined;
        next();
      });
    }
    return performance.now() - beganMs <= TURN_MS;
  };
  const serve = () => {
    if (waiting.length > 0 && hasTurn(serve)) waiting.shift()?.();
  };

  client.acquireConnection = async () => {
    const isAhead = ahead.getStore() === true;
    if ((!isAhead && waiting.length > 0) || !hasTurn(serve))
      await new Promise<void>(resolve => {
        if (isAhead) waiting.unshift(resolve);
        else waiting.push(resolve);
      });
    try {
      return await acquire();
    } catch (error) {
      serve();
      throw error;
    }
  };
  client.releaseConnection = async (connection: unknown) => {
    await release(connection);
    serve();
  };
}
