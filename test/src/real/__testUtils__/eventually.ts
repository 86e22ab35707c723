import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until `check` stops throwing; then its value. Says in the end what it waited for, and how things were then. */
export async function eventually<T>(
  because: string,
  check: () => T | Promise<T>,
  timeoutMs: number,
): Promise<T> {
  const giveUpAtMs = Date.now() + timeoutMs;
  // Rests longer and longer: what is asked is as busy as what is waited for.
  for (let restMs = 50; ; restMs = Math.min(restMs * 1.5, 250)) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > giveUpAtMs) {
        throw new Error(`${because}: not within ${timeoutMs} ms`, {
          cause: error,
        });
      }
      await sleep(restMs);
    }
  }
}
