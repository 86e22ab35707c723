import type { Freshness, Health } from '@callboard/plugin-callboard-common';
import { describeAgo } from '../time';
import { verdict } from './verdict';

/** What a page may show: a verdict that is too old is Unknown with "last seen …", never green. */
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
    `last seen ${describeAgo(observedAt, now)}${was}`,
  );
}
