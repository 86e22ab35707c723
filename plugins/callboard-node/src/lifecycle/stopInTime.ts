import type { LoggerService } from '@backstage/backend-plugin-api';

/** A portal ends within 5 s of being asked; this leaves the rest of it a second. */
const STOP_MS = 4_000;

/**
 * Waits for work that ends something, but no longer than 4 s: what is left undone
 * is found and done by the next start. A database that hands out no connection
 * any more (one in memory, once Backstage's development server has taken it for
 * its snapshot) would hold up the end of the process for a minute.
 */
export async function stopInTime(
  what: string,
  stop: () => Promise<unknown>,
  options: { logger: LoggerService; withinMs?: number },
): Promise<void> {
  const { logger, withinMs = STOP_MS } = options;
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<'too long'>(resolve => {
    timer = setTimeout(() => resolve('too long'), withinMs);
  });
  try {
    const ended = stop();
    ended.catch(() => {}); // heard below, or too late
    if ((await Promise.race([ended, tooLong])) === 'too long')
      logger.warn(`${what} did not end within ${withinMs} ms and was left`);
  } finally {
    clearTimeout(timer);
  }
}
