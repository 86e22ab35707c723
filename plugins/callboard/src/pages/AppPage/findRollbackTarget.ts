import type {
  AppEnvironment,
  ReleaseDetails,
} from '@callboard/plugin-callboard-common';
import { arrivalIn } from '@callboard/plugin-callboard-core';

/** Of the releases that came into an environment before the one there, were seen healthy there and were not rolled back: the last that came. */
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
