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
 * query waits for another one, in the order of asking. Transactions are not cut.
 */
export function shareTurns(knex: Knex): void {
  const { client } = knex;
  const acquire: () => Promise<unknown> = client.acquireConnection.bind(client);
  const waiting: Array<() => void> = [];
  let beganMs: number | undefined;

  /** One after the other, each as far as it comes without waiting, until the turn has lasted. */
  const serve = () => {
    if (beganMs === undefined || performance.now() - beganMs > TURN_MS) return;
    waiting.shift()?.();
    if (waiting.length > 0)
      Promise.resolve()
        .then(() => process.nextTick(serve)) // when all that can go on has done so
        .catch(() => {});
  };
  const begin = () => {
    beganMs = performance.now();
    setImmediate(() => {
      beganMs = undefined;
      if (waiting.length === 0) return;
      begin();
      serve();
    });
  };
  client.acquireConnection = async () => {
    const isAhead = ahead.getStore() === true;
    const isFree = isAhead || waiting.length === 0;
    if (beganMs === undefined && isFree) begin();
    else if (!isFree || performance.now() - beganMs! > TURN_MS)
      await new Promise<void>(resolve => {
        if (isAhead) waiting.unshift(resolve);
        else waiting.push(resolve);
      });
    return acquire();
  };
}
