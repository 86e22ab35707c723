import { setImmediate } from 'node:timers/promises';

/** Others have their turn wherever the work pauses. */
export async function inTurns<T>(work: Generator<void, T>): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    await setImmediate();
  }
}
