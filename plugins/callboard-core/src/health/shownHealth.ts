import {
  describeSilence,
  type Freshness,
  type Health,
} from '@callboard/plugin-callboard-common';
import { verdict } from './verdict';

/** Returns the health that a page may show: a verdict that is too old is Unknown with "last seen …", never green. */
export function shownHealth(
  health: Health,
  freshness: Freshness,
  observedAt: Date | undefined,
  now: Date,
): Health {
  if (freshness === 'live') return health;
  if (!observedAt) return verdict('Unknown', 'NeverSeen', 'never seen');
  const was =
    health.status === 'Unknown'
      ? ''
      : `, was ${health.status.toLowerCase()} then`;
  return verdict(
    'Unknown',
    'LastSeen',
    `last seen ${describeSilence(
      now.getTime() - observedAt.getTime(),
    )} ago${was}`,
  );
}
