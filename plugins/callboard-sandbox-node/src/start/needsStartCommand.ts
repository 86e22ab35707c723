import type { ScoreWorkload } from '@callboard/plugin-callboard-common';

/** Whether a container of pushed code leaves it to the revision to say how it is started. */
export function needsStartCommand(
  workloads: readonly ScoreWorkload[],
): boolean {
  return workloads.some(({ containers }) =>
    Object.values(containers).some(
      ({ image, command }) => image === '.' && !command?.length,
    ),
  );
}
