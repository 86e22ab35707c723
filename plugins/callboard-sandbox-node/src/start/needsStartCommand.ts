import type { ScoreWorkload } from '@callboard/plugin-callboard-common';

/** Whether a container of pushed code has no command of its own, so that the revision must define one. */
export function needsStartCommand(
  workloads: readonly ScoreWorkload[],
): boolean {
  return workloads.some(({ containers }) =>
    Object.values(containers).some(
      ({ image, command }) => image === '.' && !command?.length,
    ),
  );
}
