import type { AppEnvironment } from '@callboard/plugin-callboard-common';

const RECENT_MS = 10 * 60_000; // who watched it end still sees how

/** Whether the first screen shows the rollout of an environment: while it goes on, and for a while after it began. */
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
