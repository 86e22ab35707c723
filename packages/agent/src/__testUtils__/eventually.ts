import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until `check` stops throwing; then its value. Says in the end what it waited for. */
export async function eventually<T>(
  because: string,
  check: () => T | Promise<T>,
  timeoutMs = 15_000,
): Promise<T> {
  const giveUpAtMs = Date.now() + timeoutMs;
  for (let restMs = 10; ; restMs = Math.min(restMs * 1.5, 100)) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > giveUpAtMs)
        throw new Error(`${because}: not within ${timeoutMs} ms`, {
          cause: error,
        });
      await sleep(restMs);
    }
  }
}
