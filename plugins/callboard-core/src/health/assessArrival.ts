import type { Health } from '@callboard/plugin-callboard-common';

/**
 * Whether a release has arrived on the clusters it was placed on, as `git push`
 * ends: `healthy` once it is so on every one of them, `failed` as soon as it is
 * Degraded on one, unless its rollout may go on over that. Pure.
 *
 * @param seen - clusters on which the release is wanted now, as each may be shown
 */
export function assessArrival(
  chosen: readonly string[],
  seen: ReadonlyArray<{ cluster: string; health: Health }>,
  { toleratesFailures }: { toleratesFailures: boolean },
): 'failed' | 'healthy' | 'under-way' {
  if (
    !toleratesFailures &&
    seen.some(({ health }) => health.status === 'Degraded')
  )
    return 'failed';
  const isComplete = chosen.every(name =>
    seen.some(({ cluster }) => cluster === name),
  );
  return isComplete && seen.every(({ health }) => health.status === 'Healthy')
    ? 'healthy'
    : 'under-way';
}
