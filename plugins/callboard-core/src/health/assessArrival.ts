import type { Health } from '@callboard/plugin-callboard-common';

/**
 * Whether a release has arrived on the clusters it was placed on, as `git push`
 * ends: `healthy` once it is so on every one of them, `stopped` where somebody
 * stopped what it came to, `failed` as soon as it is
 * Degraded on one, unless its rollout may go on over that. Pure.
 *
 * @param seen - clusters on which the release is wanted now, as each may be shown
 */
export function assessArrival(
  chosen: readonly string[],
  seen: ReadonlyArray<{ cluster: string; health: Health }>,
  { toleratesFailures }: { toleratesFailures: boolean },
): 'failed' | 'healthy' | 'stopped' | 'under-way' {
  if (
    !toleratesFailures &&
    seen.some(({ health }) => health.status === 'Degraded')
  )
    return 'failed';
  const isComplete = chosen.every(name =>
    seen.some(({ cluster }) => cluster === name),
  );
  const isStopped = ({ health }: { health: Health }) =>
    health.reason === 'Stopped';
  const hasArrived = ({ health }: { health: Health }) =>
    health.status === 'Healthy' || isStopped({ health });
  if (!isComplete || !seen.every(hasArrived)) return 'under-way';
  return seen.some(isStopped) ? 'stopped' : 'healthy';
}
