import type { LiveSignal } from '@callboard/plugin-callboard-common';
import { queryKeys } from '../queries/queryKeys';
import { isOutdatedBy } from './isOutdatedBy';

const topicOf = (kind: string, name: string) =>
  name === 'unread' ? undefined : `${kind}-${name}`;

const KEYS = {
  fleet: queryKeys.fleet(),
  apps: queryKeys.apps(),
  shop: queryKeys.app('shop'),
  shopReleases: queryKeys.releases('shop'),
  cart: queryKeys.app('cart'),
  unread: queryKeys.app('unread'),
  clusters: queryKeys.clusters(),
  'eu-1': queryKeys.cluster('eu-1'),
  'us-1': queryKeys.cluster('us-1'),
  blueprints: queryKeys.blueprints(),
  journal: queryKeys.journal({ app: 'shop' }),
  past: ['at', '2026-01-01T00:00:00.000Z', ...queryKeys.app('shop')],
  sbom: queryKeys.sbom('shop', 1),
};

describe('isOutdatedBy', () => {
  it.each<[string, LiveSignal, string]>([
    ['a beat', { kinds: [], topics: [] }, ''],
    [
      'one app',
      { kinds: ['app'], topics: ['app-shop'] },
      'fleet apps shop shopReleases unread clusters eu-1 us-1 journal',
    ],
    [
      'one cluster, which any app may run on',
      { kinds: ['cluster'], topics: ['cluster-eu-1'] },
      'fleet apps shop shopReleases cart unread clusters eu-1 blueprints journal',
    ],
    [
      'the fleet',
      { kinds: ['fleet'], topics: [] },
      'fleet clusters eu-1 us-1 blueprints',
    ],
    ['the journal', { kinds: ['journal'], topics: [] }, 'journal'],
    [
      'more than was told one by one',
      { kinds: ['app', 'cluster', 'fleet', 'journal'], topics: null },
      'fleet apps shop shopReleases cart unread clusters eu-1 us-1 blueprints journal',
    ],
  ])('%s', (_, signal, expected) => {
    const outdated = Object.entries(KEYS).flatMap(([name, key]) =>
      isOutdatedBy(signal, key, topicOf) ? [name] : [],
    );
    expect(outdated.join(' ')).toBe(expected);
  });
});
