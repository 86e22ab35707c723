import type { Knex } from 'knex';
import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers';

const TURN_MS = 8; // queries in one turn of the event loop; everybody else is served after it

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

  const begin = () => {
    beganMs = performance.now();
    setImmediate(() => {
      beganMs = undefined;
      if (waiting.length === 0) return;
      begin();
      serve();
    });
  };
  /** One after the other, each as far as it comes without waiting, until the turn has lasted. */
  const serve = () => {
    if (beganMs === undefined || performance.now() - beganMs > TURN_MS) return;
    waiting.shift()?.();
    if (waiting.length > 0)
      Promise.resolve()
        .then(() => process.nextTick(serve)) // when all that can go on has done so
        .catch(() => {});
  };
  client.acquireConnection = async () => {
    const isFree = waiting.length === 0;
    if (beganMs === undefined && isFree) begin();
    else if (!isFree || performance.now() - beganMs! > TURN_MS)
      await new Promise<void>(resolve => {
        waiting.push(resolve);
      });
    return acquire();
  };
}
