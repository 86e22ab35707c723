import type { LoggerService } from '@backstage/backend-plugin-api';

/** A portal stops within 5 s of the request; this leaves a second for everything else. */
const STOP_MS = 4_000;

/**
 * Waits up to 4 s for a stop action: the next start finds and completes what is
 * left undone. A database that no longer provides connections (one in memory,
 * once Backstage's development server has taken it for its snapshot) would
 * delay the end of the process by a minute.
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
    ended.catch(() => {}); // handled below, or too late
    if ((await Promise.race([ended, tooLong])) === 'too long')
      logger.warn(`${what} did not end within ${withinMs} ms and was left`);
  } finally {
    clearTimeout(timer);
  }
}
