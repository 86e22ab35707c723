import type { AppEnvironment } from '@callboard/plugin-callboard-common';

const RECENT_MS = 10 * 60_000; // people who watched the rollout end still see its result

/** Whether the overview shows the rollout of an environment: while it runs, and for a while after it began. */
export function isRolloutShown(
  { rollout }: Pick<AppEnvironment, 'rollout'>,
  now: Date,
): boolean {
  if (!rollout) return false;
  return (
    rollout.phase !== 'done' ||
    now.getTime() - Date.parse(rollout.startedAt) < RECENT_MS
  );
}
