import type {
  ClusterFacts,
  PlacementDecision,
  PlacementSpec,
} from '@callboard/plugin-callboard-common';
import { decidePlacement } from './decidePlacement';
import {
  describeDecision,
  describePlacementReason,
  describeRemedy,
} from './sentences';
import type { PlacementInput } from './types';

const NOW = new Date('2026-11-20T12:00:00Z');

function cluster(
  name: string,
  known: Partial<ClusterFacts> = {},
): ClusterFacts {
  return {
    name,
    labels: {},
    claims: {},
    taints: [],
    freshness: 'live',
    ...known,
  };
}

function facts(
  input: Partial<PlacementInput> & { spec?: PlacementSpec } = {},
): PlacementInput {
  return {
    spec: {},
    clusters: [
      cluster('eu-1', { labels: { env: 'prod', region: 'eu' } }),
      cluster('eu-2', { labels: { env: 'prod', region: 'eu' } }),
      cluster('us-1', { labels: { env: 'prod', region: 'us' } }),
    ],
    previous: [],
    ...input,
  };
}

function brief({ verdicts }: PlacementDecision): string[] {
  return verdicts.map(({ cluster: name, verdict, reasons }) =>
    verdict === 'refused'
      ? `${name} refused by ${reasons.map(({ rule }) => rule).join(', ')}`
      : `${name} ${verdict}`,
  );
}

const prod: PlacementSpec = {
  predicates: [
    {
      requiredClusterSelector: {
        labelSelector: { matchLabels: { env: 'prod' } },
      },
    },
  ],
};
const overRegions = (
  whenUnsatisfiable: 'DoNotSchedule' | 'ScheduleAnyway',
) => ({
  spreadConstraints: [
    {
      topologyKey: 'region',
      topologyKeyType: 'Label' as const,
      maxSkew: 1,
      whenUnsatisfiable,
    },
  ],
});

describe('decidePlacement', () => {
  it.each([
    {
      name: 'all that fit when no number is given',
      given: facts(),
      expected: ['eu-1 chosen', 'eu-2 chosen', 'us-1 chosen'],
    },
    {
      name: 'no clusters at all',
      given: facts({ clusters: [] }),
      expected: [],
    },
    {
      name: 'ties are broken by name',
      given: facts({ spec: { numberOfClusters: 1 } }),
      expected: ['eu-1 chosen', 'eu-2 spare', 'us-1 spare'],
    },
    {
      name: 'stays where it runs',
      given: facts({ spec: { numberOfClusters: 1 }, previous: ['us-1'] }),
      expected: ['us-1 chosen', 'eu-1 spare', 'eu-2 spare'],
    },
    {
      name: 'spreads softly over regions',
      given: facts({
        spec: {
          numberOfClusters: 2,
          spreadPolicy: overRegions('ScheduleAnyway'),
        },
      }),
      expected: ['eu-1 chosen', 'us-1 chosen', 'eu-2 spare'],
    },
    {
      name: 'a hard spread refuses what would break it',
      given: facts({
        spec: {
          numberOfClusters: 4,
          spreadPolicy: overRegions('DoNotSchedule'),
        },
        clusters: [
          ...facts().clusters,
          cluster('eu-3', { labels: { env: 'prod', region: 'eu' } }),
          cluster('xx-1'),
        ],
      }),
      expected: [
        'eu-1 chosen',
        'eu-2 chosen',
        'us-1 chosen',
        'eu-3 refused by keeps-spread',
        'xx-1 refused by keeps-spread',
      ],
    },
    {
      name: 'a silent cluster is refused for a new app',
      given: facts({
        clusters: [
          cluster('eu-1', {
            freshness: 'unreachable',
            observedAt: '2026-11-20T11:56:00Z',
          }),
        ],
      }),
      expected: ['eu-1 refused by reachable'],
    },
    {
      name: 'a silent cluster keeps what runs there',
      given: facts({
        clusters: [cluster('eu-1', { freshness: 'stale' })],
        previous: ['eu-1'],
      }),
      expected: ['eu-1 chosen'],
    },
    {
      name: 'a refused cluster carries all its reasons',
      given: facts({
        spec: { ...prod, clusterSets: ['gold'] },
        clusters: [
          cluster('dev-1', {
            labels: { env: 'dev' },
            cordoned: true,
            freshness: 'unreachable',
            taints: [{ key: 'team', value: 'data', effect: 'NoSelect' }],
          }),
        ],
        requires: { blueprint: 'pci' },
      }),
      expected: [
        'dev-1 refused by in-cluster-set, required-labels, runs-blueprint, tolerates-taints, reachable, not-cordoned',
      ],
    },
  ])('$name', ({ given, expected }) => {
    expect(brief(decidePlacement(given, NOW))).toEqual(expected);
  });

  it('keeps ordinary apps off the PCI cluster and puts those there that require it', () => {
    const pci = cluster('pci-1', {
      labels: { env: 'prod' },
      blueprint: {
        name: 'pci',
        version: 1,
        state: 'active',
        inherits: ['golden'],
      },
      taints: [
        { key: 'callboard.dev/blueprint', value: 'pci', effect: 'NoSelect' },
      ],
    });
    const golden = cluster('eu-1', {
      labels: { env: 'prod' },
      blueprint: { name: 'golden', version: 1, state: 'active', inherits: [] },
    });
    const ordinary = decidePlacement(
      facts({ spec: prod, clusters: [pci, golden] }),
      NOW,
    );
    expect(brief(ordinary)).toEqual([
      'eu-1 chosen',
      'pci-1 refused by tolerates-taints',
    ]);
    expect(ordinary.verdicts[1].remedy).toEqual({
      rule: 'require-blueprint',
      facts: { blueprint: 'pci' },
    });

    const strict = decidePlacement(
      facts({
        spec: { ...prod, numberOfClusters: 3 },
        clusters: [pci, golden],
        requires: { blueprint: 'pci' },
      }),
      NOW,
    );
    expect(brief(strict)).toEqual([
      'pci-1 chosen',
      'eu-1 refused by runs-blueprint',
    ]);
    expect(strict.satisfied).toBe(false);
    expect(describeDecision(strict, { environment: 'prod' })).toBe(
      'Runs on 1 of 3 wanted clusters in prod: pci-1. 1 refused: it runs blueprint golden; the app requires pci.',
    );
  });

  it('says what, why and what would help', () => {
    const { verdicts } = decidePlacement(
      facts({
        spec: prod,
        clusters: [
          cluster('dev-1', {
            labels: { env: 'dev' },
            freshness: 'unreachable',
            observedAt: '2026-11-20T11:56:00Z',
          }),
        ],
      }),
      NOW,
    );
    expect(verdicts[0].reasons.map(describePlacementReason)).toEqual([
      'Needs a prod cluster; this one is dev',
      'No contact since 20 Nov 2026, 11:56:00 UTC; nothing new is placed on it',
    ]);
    expect(describeRemedy(verdicts[0].remedy!)).toBe(
      'Label the cluster env=prod and bring the cluster back in contact',
    );
  });
});
