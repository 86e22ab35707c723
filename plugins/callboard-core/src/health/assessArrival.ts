import type { Health } from '@callboard/plugin-callboard-common';

/**
 * Returns whether a release has arrived on the clusters on which it was placed,
 * as `git push` reports it: `healthy` once it is Healthy on all of them,
 * `stopped` where the app was stopped there, `failed` as soon as it is Degraded
 * on one, unless its rollout tolerates failures. Pure.
 *
 * @param seen - clusters on which the release is desired now, with the health
 *   that may be shown
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
