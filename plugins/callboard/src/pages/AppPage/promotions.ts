import type {
  App,
  AppEnvironment,
  Release,
} from '@callboard/plugin-callboard-common';

/** A release and where it would go. */
export interface Promotion {
  environment: AppEnvironment;
  release: Release;
}

/** What can be promoted now, in order of the environments: a release that is where it must be first and is held by nothing. */
export function promotionsOf({ environments }: App): Promotion[] {
  return environments.flatMap(environment => {
    const { promotion, release } = environment;
    if (!promotion || promotion.blockedBy || promotion.candidate === null)
      return [];
    if (promotion.candidate === release?.number) return [];
    const candidate = environments.find(
      ({ name }) => name === promotion.from,
    )?.release;
    return candidate?.number === promotion.candidate
      ? [{ environment, release: candidate }]
      : [];
  });
}
