import * as fixtures from '../../stories/fixtures';
import {
  passesFilter,
  readSort,
  sortClusters,
  writeSort,
} from './arrangeClusters';
import { compareClusters } from './compareClusters';
import { explainMatch, filterClusters } from './filterClusters';

const CAUSE = { since: fixtures.ago(60_000), by: 'user:default/ana' };
const well = fixtures.cluster('a-1');
const silent = fixtures.lostCluster('z-1');
const cordoned = fixtures.cluster('m-1', {
  scheduling: { state: 'cordoned', ...CAUSE },
});
const drifted = { ...fixtures.driftedCluster(), name: 'd-1' };
const all = [well, cordoned, drifted, silent];
const names = (clusters: typeof all) => clusters.map(({ name }) => name);

describe('order of clusters', () => {
  it.each([
    { sort: '', expected: ['z-1', 'd-1', 'm-1', 'a-1'] },
    { sort: 'cluster', expected: ['a-1', 'd-1', 'm-1', 'z-1'] },
    { sort: '-cluster', expected: ['z-1', 'm-1', 'd-1', 'a-1'] },
    { sort: 'nonsense', expected: ['z-1', 'd-1', 'm-1', 'a-1'] },
  ])('"$sort"', ({ sort, expected }) => {
    expect(names(sortClusters(all, readSort(sort)))).toEqual(expected);
  });

  it('is written as it is read', () => {
    expect(writeSort(readSort('-apps')!)).toBe('-apps');
    expect(writeSort(readSort('capacity')!)).toBe('capacity');
  });
});

it.each([
  { filter: 'all' as const, expected: ['a-1', 'm-1', 'd-1', 'z-1'] },
  { filter: 'attention' as const, expected: ['d-1', 'z-1'] },
  { filter: 'kept' as const, expected: ['m-1'] },
  { filter: 'drifted' as const, expected: ['d-1'] },
])('the filter $filter shows $expected', ({ filter, expected }) => {
  expect(names(all.filter(each => passesFilter(each, filter)))).toEqual(
    expected,
  );
});

describe('search', () => {
  const cluster = fixtures.cluster('eu-1', {
    title: 'Frankfurt',
    labels: { env: 'prod' },
    claims: { site: 'edge of town' },
    apps: [],
  });

  it('says which field it found, unless the name shows it', () => {
    expect(filterClusters([cluster], 'EDGE')).toEqual([cluster]);
    expect(explainMatch(cluster, 'EDGE')).toEqual([
      { field: 'claim', text: 'site=edge of town' },
    ]);
    expect(explainMatch(cluster, 'frank')).toEqual([]);
    expect(explainMatch(cluster, 'env=prod site')).toEqual([
      { field: 'label', text: 'env=prod' },
      { field: 'claim', text: 'site=edge of town' },
    ]);
  });

  it('finds nothing that spans two fields', () => {
    expect(filterClusters([cluster], 'frankfurtenv')).toEqual([]);
  });
});

it('compares two clusters, what differs first', () => {
  const left = fixtures.cluster('a', { labels: { env: 'prod', region: 'eu' } });
  const right = fixtures.cluster('b', { labels: { env: 'dev', region: 'eu' } });
  const facts = compareClusters(left, right);
  expect(facts.find(({ fact }) => fact === 'Label env')).toEqual({
    fact: 'Label env',
    left: 'prod',
    right: 'dev',
    differs: true,
  });
  const firstSame = facts.findIndex(({ differs }) => !differs);
  expect(facts.slice(firstSame).every(({ differs }) => !differs)).toBe(true);
  expect(compareClusters(left, left).some(({ differs }) => differs)).toBe(
    false,
  );
});
