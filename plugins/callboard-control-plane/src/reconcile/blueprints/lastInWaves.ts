import type { EnvironmentFile } from '@callboard/plugin-callboard-common';

/** The last environment to which releases go in waves: versions of blueprints go by its rules where nothing else is said. */
export function lastInWaves(
  environments: readonly EnvironmentFile[],
): EnvironmentFile | undefined {
  return [...environments]
    .sort((a, b) => b.spec.order - a.spec.order)
    .find(({ spec }) => spec.rollout);
}
