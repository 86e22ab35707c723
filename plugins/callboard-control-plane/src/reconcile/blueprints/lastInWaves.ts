import type { EnvironmentFile } from '@callboard/plugin-callboard-common';

/**
 * The last environment to which releases roll out in waves: versions of
 * blueprints follow its rules where nothing else is configured.
 */
export function lastInWaves(
  environments: readonly EnvironmentFile[],
): EnvironmentFile | undefined {
  return [...environments]
    .sort((a, b) => b.spec.order - a.spec.order)
    .find(({ spec }) => spec.rollout);
}
