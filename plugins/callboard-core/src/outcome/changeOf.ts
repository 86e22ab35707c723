import type {
  AppEnvironment,
  ReleaseChange,
  ReleaseDetails,
} from '@callboard/plugin-callboard-common';
import { nameChange } from './nameChange';

/** Returns when a release first came to an environment; undefined where it never was there. */
export function arrivalIn(
  environment: string,
  release: Pick<ReleaseDetails, 'outcomes'> | undefined,
): Date | undefined {
  const outcome = release?.outcomes.find(
    each => each.environment === environment,
  );
  return outcome && new Date(outcome.since);
}

/** Returns the kind of change of bringing a release to an environment, by the history of the app's releases there. */
export function changeOf(
  release: number,
  {
    name,
    release: current,
    promotion,
  }: Pick<AppEnvironment, 'name' | 'release' | 'promotion'>,
  releases: readonly ReleaseDetails[],
): ReleaseChange {
  if (current === null) return 'newer';
  if (promotion?.candidate === release && promotion.change)
    return promotion.change;
  const arrival = (wanted: number) => ({
    release: wanted,
    since: arrivalIn(
      name,
      releases.find(({ number }) => number === wanted),
    ),
  });
  return nameChange(arrival(release), arrival(current.number));
}
