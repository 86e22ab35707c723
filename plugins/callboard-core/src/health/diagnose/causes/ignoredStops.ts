import { numberAt, timeAt } from '../../fields';
import type { Situation } from '../situation';
import type { CauseRule } from './types';

/** After this share of the grace period, a program that handles the signal would have ended. */
const LISTENS_WITHIN = 0.5; // of its grace period

/** Finds instances that still run after they were asked to end, and will be killed at the end of their grace period. */
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
