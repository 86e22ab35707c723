import { AsyncLocalStorage } from 'node:async_hooks';
import type { Knex } from 'knex';
import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers';

const TURN_MS = 8; // of queries in one turn of the event loop; then others are served

const ahead = new AsyncLocalStorage<true>();

/** Runs queries before others that wait for a turn: for pages that people look at, one at a time. */
export function aheadOfOthers<T>(work: () => Promise<T>): Promise<T> {
  return ahead.run(true, work);
}

/**
 * Lets the event loop turn between queries. SQLite answers in the call itself,
 * so that a chain of awaited queries, however long, is one turn of the loop and
 * blocks all other work. Once a turn has used its time, the next query waits
 * for another turn, in the order of arrival. Transactions are not interrupted,
 * and callers that wait for a connection wait here, where `aheadOfOthers` takes
 * precedence.
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
  /** Whether a query may run in this turn; `next` is called after it. */
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
