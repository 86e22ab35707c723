import type { App, HealthStatus } from '@callboard/plugin-callboard-common';
import { compareUrgency, shownStatus } from '@callboard/plugin-callboard-react';

/** The most urgent status of the environments of an app; undefined before its first release. */
export function worstOf({ environments }: App): HealthStatus | undefined {
  return environments
    .filter(({ release }) => release !== null)
    .map(({ health, freshness }) => shownStatus(health, freshness))
    .sort(compareUrgency)[0];
}
