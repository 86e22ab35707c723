import { type App, listOf } from '@callboard/plugin-callboard-common';

/** Returns how a release reads a setting: `variable` or `secret`. */
export function kindOfSetting({
  secret,
}: {
  secret: boolean;
}): 'secret' | 'variable' {
  return secret ? 'secret' : 'variable';
}

/** Describes the environments of a setting: `in Production`, `for all environments`. */
export function describeWhere(
  { environments }: Pick<App, 'environments'>,
  where: string | undefined,
): string {
  if (where === undefined) return 'for all environments';
  return `in ${
    environments.find(({ name }) => name === where)?.title ?? where
  }`;
}

/** `release 42`, `releases 42 and 44`. */
export function describeReleases(releases: readonly number[]): string {
  return `${releases.length === 1 ? 'release' : 'releases'} ${listOf(
    releases.map(String),
  )}`;
}
