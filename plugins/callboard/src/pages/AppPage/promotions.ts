import type {
  App,
  AppEnvironment,
  Release,
} from '@callboard/plugin-callboard-common';
import { shownStatus } from '@callboard/plugin-callboard-react';

/** A release and where it would go. */
export interface Promotion {
  environment: AppEnvironment;
  release: Release;
}

/** What is offered for promotion, in order of the environments: a release that is Healthy where it must be first and is held by nothing. */
export function promotionsOf({ environments }: App): Promotion[] {
  return environments.flatMap(environment => {
    const { promotion, release } = environment;
    if (!promotion || promotion.blockedBy || promotion.candidate === null)
      return [];
    if (promotion.candidate === release?.number) return [];
    const from = environments.find(({ name }) => name === promotion.from);
    if (!from || shownStatus(from.health, from.freshness) !== 'Healthy')
      return [];
    return from.release?.number === promotion.candidate
      ? [{ environment, release: from.release }]
      : [];
  });
}
