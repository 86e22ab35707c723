import { numberAt, timeAt } from '../../fields';
import type { Situation } from '../situation';
import type { CauseRule } from './types';

/** Asked to end long enough that everybody who listens would have. */
const LISTENS_WITHIN = 0.5; // of its grace period

/** An instance that was asked to end still runs, and will be killed at the end of its grace period. */
export const ignoredStops: CauseRule = ({ instances, now }: Situation) =>
  instances.flatMap(instance => {
    const deadline = timeAt(instance.pod, 'metadata', 'deletionTimestamp');
    const graceSeconds =
      numberAt(instance.pod, 'metadata', 'deletionGracePeriodSeconds') ?? 0;
    if (
      !deadline ||
      graceSeconds < 2 ||
      !instance.containers.some(({ isRunning }) => isRunning)
    )
      return [];
    const askedAt = deadline.getTime() - graceSeconds * 1_000;
    if (now.getTime() - askedAt < graceSeconds * 1_000 * LISTENS_WITHIN)
      return [];
    return [
      {
        cause: { code: 'ignores-stop' as const, graceSeconds },
        workload: instance.workload,
        instance: instance.name,
        since: new Date(askedAt),
        withOutput: true,
        isCertain: now >= deadline,
      },
    ];
  });
