import type {
  AppEnvironment,
  ReleaseDetails,
} from '@callboard/plugin-callboard-common';
import { arrivalIn } from '@callboard/plugin-callboard-core';

/**
 * Finds the release to roll back to: the latest one before the current one that
 * was healthy in the environment and was not rolled back.
 */
export function findRollbackTarget(
  { name, release }: Pick<AppEnvironment, 'name' | 'release'>,
  releases: readonly ReleaseDetails[],
): ReleaseDetails | undefined {
  if (release === null) return undefined;
  const cameAt = (each: ReleaseDetails | undefined) =>
    arrivalIn(name, each)?.getTime() ?? -Infinity;
  const current = cameAt(
    releases.find(({ number }) => number === release.number),
  );
  return releases
    .filter(
      each =>
        cameAt(each) < current &&
        each.outcomes.some(
          ({ environment, kind }) =>
            environment === name && (kind === 'replaced' || kind === 'healthy'),
        ),
    )
    .sort((a, b) => cameAt(b) - cameAt(a))[0];
}
