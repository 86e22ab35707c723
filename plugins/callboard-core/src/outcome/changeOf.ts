import type {
  AppEnvironment,
  ReleaseChange,
  ReleaseDetails,
} from '@callboard/plugin-callboard-common';
import { nameChange } from './nameChange';

/** When a release came into an environment first; undefined where it never was there. */
export function arrivalIn(
  environment: string,
  release: Pick<ReleaseDetails, 'outcomes'> | undefined,
): Date | undefined {
  const outcome = release?.outcomes.find(
    each => each.environment === environment,
  );
  return outcome && new Date(outcome.since);
}

/** What it would be to bring a release into an environment, by where the releases of the app were. */
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
