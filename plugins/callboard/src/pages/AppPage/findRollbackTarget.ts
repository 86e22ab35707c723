import type {
  AppEnvironment,
  ReleaseDetails,
} from '@callboard/plugin-callboard-common';

/** The newest release before the one in an environment that was seen healthy there and was not rolled back. */
export function findRollbackTarget(
  { name, release }: Pick<AppEnvironment, 'name' | 'release'>,
  releases: readonly ReleaseDetails[],
): ReleaseDetails | undefined {
  if (release === null) return undefined;
  return releases
    .filter(
      ({ number, outcomes }) =>
        number < release.number &&
        outcomes.some(
          ({ environment, kind }) =>
            environment === name && (kind === 'replaced' || kind === 'healthy'),
        ),
    )
    .sort((a, b) => b.number - a.number)[0];
}
