import { setTimeout as wait } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { OwnerNotifier } from './OwnerNotifier';

/** A person needs no less; what changes within is read once. */
const PASS_MS = 2_000;
const SLOWEST_MS = 60_000;

/** Lets the notifier look again and again, less often while that fails. A failure is logged once until it is over. */
export async function runPasses(
  notifier: Pick<OwnerNotifier, 'pass'>,
  { logger, signal }: { logger: LoggerService; signal: AbortSignal },
): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    try {
      await notifier.pass();
      failures = 0;
    } catch (error) {
      // At the start of a portal the API and the notifications answer a little later.
      failures += 1;
      if (failures === 3)
        logger.warn('Owners cannot be notified and will be', error as Error);
    }
    await wait(Math.min(PASS_MS * 2 ** failures, SLOWEST_MS), undefined, {
      signal,
      ref: false,
    }).catch(() => {}); // aborted: that is an answer
  }
}
