import { setImmediate } from 'node:timers/promises';

/** Runs work in steps; other work has its turn at each pause. */
export async function inTurns<T>(work: Generator<void, T>): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    await setImmediate();
  }
}
