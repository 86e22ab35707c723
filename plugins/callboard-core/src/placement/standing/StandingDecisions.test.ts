import type {
  ClusterFacts,
  PlacementDecision,
  PlacementSpec,
} from '@callboard/plugin-callboard-common';
import type { BatchApp } from '../batch';
import { decideWithRetention } from '../decideWithRetention';
import { isSameAnswer } from './isSameAnswer';
import { StandingDecisions } from './StandingDecisions';
import { runSequences } from './__testUtils__/runSequences';

/** Raise it to look harder; `test/load/placementSequences.bench.ts` looks 100,000 times. */
const RUNS = Number(process.env.STANDING_RUNS ?? 300);
const NOW = new Date('2026-11-20T12:00:00Z');

it('stands where the answer from scratch is the same, whatever happened before', () => {
  const { decisions, stood } = runSequences({ sequences: RUNS, seed: 7 });
  expect(stood / decisions).toBeGreaterThan(0.2); // it spares something
});

const cluster = (
  name: string,
  known: Partial<ClusterFacts> = {},
): ClusterFacts => ({
  name,
  labels: { region: name.slice(0, 2) },
  claims: {},
  taints: [],
  freshness: 'live',
  free: { pods: 5 },
  ...known,
});
const FLEET = [cluster('eu-1'), cluster('eu-2'), cluster('us-1')];

/** An app that runs on eu-1, with a decision that stands. */
function standing(
  spec: PlacementSpec = { numberOfClusters: 1 },
  known: Partial<BatchApp> = {},
) {
  const app: BatchApp = {
    name: 'shop/live',
    spec,
    previous: ['eu-1'],
    needs: { pods: 1 },
    ...known,
  };
  const decision = decideWithRetention({ ...app, clusters: FLEET }, NOW);
  const decisions = new StandingDecisions();
  decisions.update({ clusters: FLEET, places: { 'eu-1': 1 } }, NOW);
  decisions.keep(app, { decision, version: '1' });
  return {
    app,
    decision,
    after(changed: ClusterFacts[], places = { 'eu-1': 1 }): boolean {
      decisions.update({ clusters: changed, places }, NOW);
      return decisions.stands(app.name, '1');
    },
  };
}

const instead = (changed: ClusterFacts): ClusterFacts[] =>
  FLEET.map(known => (known.name === changed.name ? changed : known));
const onlyUs: PlacementSpec = {
  numberOfClusters: 1,
  predicates: [
    {
      requiredClusterSelector: {
        labelSelector: { matchLabels: { region: 'eu' } },
      },
    },
  ],
};
const spread = (
  whenUnsatisfiable: 'DoNotSchedule' | 'ScheduleAnyway',
): PlacementSpec => ({
  numberOfClusters: 1,
  spreadPolicy: {
    spreadConstraints: [
      { topologyKey: 'region', topologyKeyType: 'Label', whenUnsatisfiable },
    ],
  },
});

it.each<[string, ClusterFacts[], boolean]>([
  ['nothing', [...FLEET], true],
  [
    'when it was in contact',
    instead(cluster('eu-1', { observedAt: 'x' })),
    true,
  ],
  [
    'capacity that is still enough',
    instead(cluster('eu-2', { free: { pods: 1 } })),
    true,
  ],
  [
    'capacity that no longer is',
    instead(cluster('eu-2', { free: { pods: 0 } })),
    false,
  ],
  [
    'capacity where it runs',
    instead(cluster('eu-1', { free: { pods: 0 } })),
    true,
  ],
  ['a label nobody asks for', instead(cluster('us-1', { labels: {} })), true],
  ['a cordon elsewhere', instead(cluster('us-1', { cordoned: true })), false],
  [
    'a cordon where it runs',
    instead(cluster('eu-1', { cordoned: true })),
    false,
  ],
  [
    'silence where it runs',
    instead(cluster('eu-1', { freshness: 'stale' })),
    false,
  ],
  ['a cluster more', [...FLEET, cluster('us-2')], false],
  ['a cluster less', FLEET.slice(1), false],
  [
    'another cluster in its place',
    [...FLEET.slice(0, 2), cluster('us-2')],
    false,
  ],
])('when the fleet changes: %s', (_, fleet, expected) => {
  expect(standing().after(fleet)).toBe(expected);
});

it.each<[string, PlacementSpec, ClusterFacts, boolean]>([
  ['a selector', onlyUs, cluster('us-1', { labels: { region: 'eu' } }), false],
  [
    'a selector that says no again, of another value',
    onlyUs,
    cluster('us-1', { labels: { region: 'ap' } }),
    false,
  ],
  [
    'a selector that does not ask for it',
    onlyUs,
    cluster('us-1', { labels: { region: 'us', tier: 'x' } }),
    true,
  ],
  [
    'a spread',
    spread('ScheduleAnyway'),
    cluster('us-1', { labels: { region: 'eu' } }),
    false,
  ],
  [
    'a spread over something else',
    spread('ScheduleAnyway'),
    cluster('us-1', { labels: { region: 'us', tier: 'x' } }),
    true,
  ],
])('when labels change: %s', (_, spec, changed, expected) => {
  expect(standing(spec).after(instead(changed))).toBe(expected);
});

it.each<[string, PlacementSpec, boolean]>([
  ['what runs stays, whatever it scores', { numberOfClusters: 1 }, true],
  ['a soft spread', spread('ScheduleAnyway'), true],
  ['a spread that is never broken', spread('DoNotSchedule'), false],
])('when others come and go: %s', (_, spec, expected) => {
  expect(
    standing(spec).after([...FLEET], { 'eu-1': 1, 'us-1': 4 } as never),
  ).toBe(expected);
});

it.each<[string, PlacementSpec, Partial<BatchApp>]>([
  ['where it has just moved', { numberOfClusters: 1 }, { previous: ['eu-9'] }],
  ['where too little fits', { numberOfClusters: 4 }, {}],
  [
    'on the way back',
    { numberOfClusters: 1 },
    { failovers: [{ cluster: 'us-1', standIns: ['eu-1'], state: 'away' }] },
  ],
  [
    'where replicas are divided',
    { replicaScheduling: { replicaSchedulingType: 'Divided' } },
    { replicas: 2, previous: ['eu-1', 'eu-2', 'us-1'] },
  ],
  [
    'where a taint is tolerated for a while',
    {
      numberOfClusters: 1,
      tolerations: [{ key: 'x', operator: 'Exists', tolerationSeconds: 1 }],
    },
    {},
  ],
])('never stands: %s', (_, spec, known) => {
  expect(standing(spec, known).after([...FLEET])).toBe(false);
});

it('stands for the question it was kept with, and until it is dropped', () => {
  const decisions = new StandingDecisions();
  const { app, decision } = standing();
  decisions.update({ clusters: FLEET, places: {} }, NOW);
  const keep = (kept: PlacementDecision, version: string) =>
    decisions.keep(app, { decision: kept, version });
  keep(decision, '1');
  expect(decisions.stands(app.name, '2')).toBe(false);
  expect(decisions.stands('pay/live', '1')).toBe(false);
  keep(decision, '2');
  expect(decisions.stands(app.name, '2')).toBe(true);
  expect(decisions.size).toBe(1);
  decisions.drop(app.name);
  expect(decisions.stands(app.name, '2')).toBe(false);
  expect(isSameAnswer(decision, decision)).toBe(true);
});
