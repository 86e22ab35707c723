import { readStrategy, startRollout } from '@callboard/plugin-callboard-core';
import type { BlueprintRolloutRecord, DeploymentRecord } from '../../store';
import { NOTHING_YET } from '../placing/setDesiredReleases';
import {
  type BlueprintObservation,
  decideBlueprintRollout,
} from './decideBlueprintRollout';

const START = new Date('2026-12-12T12:00:00Z');
const later = (seconds: number) => new Date(START.getTime() + seconds * 1000);

function baseline(cluster: string, version: number): DeploymentRecord {
  return {
    key: { kind: 'blueprint', cluster },
    name: 'store',
    since: START,
    state: {
      ...NOTHING_YET,
      desiredRelease: version,
      observedRelease: version,
      sync: 'Synced',
      health: { status: 'Healthy', reason: 'Available', message: 'fine' },
    },
  };
}

type Unwell = Array<[app: string, status: 'Degraded' | 'Progressing']>;

/** Two stores, one after the other; what is not well is on the first. */
function observe(
  versions: Record<string, number>,
  unwell: Unwell = [],
): BlueprintObservation {
  return {
    groups: [{ name: '', clusters: ['a', 'b'] }],
    channels: new Map(Object.keys(versions).map(name => [name, ''])),
    baselines: new Map(
      Object.entries(versions).map(([name, version]) => [
        name,
        baseline(name, version),
      ]),
    ),
    unwell: new Map([
      [
        'a',
        unwell.map(([app, status]) => ({
          app,
          environment: 'prod',
          cluster: 'a',
          status,
        })),
      ],
    ]),
    clusterStatusOf: () => ({ freshness: 'live', since: START }),
  };
}

function begun(unwell: Unwell): BlueprintRolloutRecord {
  const strategy = readStrategy({
    type: 'Progressive',
    progressive: { maxConcurrency: 1, maxFailures: 0 },
  });
  if (!strategy.ok) throw new Error(strategy.problem.why);
  const { rollout } = startRollout(
    { revision: '2', strategy: strategy.value, groups: [] },
    START,
  );
  const decision = decideBlueprintRollout(
    {
      blueprint: 'store',
      number: 1,
      version: 2,
      before: 1,
      targetsBefore: { '': 1 },
      startedBy: 'user:default/petra',
      startedAt: START,
      why: 'New limits',
      decisionGroups: [],
      contacts: {},
      unwell: {},
      rollout,
    },
    observe({ a: 1, b: 1 }, unwell),
    START,
  );
  if (decision.kind !== 'stepped') throw new Error(decision.kind);
  expect(decision.started).toEqual(['a']);
  return decision.record;
}

describe('the rollout of a version', () => {
  it.each<{
    name: string;
    before: Unwell;
    after: Unwell;
    b: string;
    a: string;
  }>([
    {
      name: 'goes on where all apps are well',
      before: [],
      after: [],
      a: 'succeeded',
      b: 'applying',
    },
    {
      name: 'goes on where an app is as it was before',
      before: [['shop', 'Degraded']],
      after: [['shop', 'Degraded']],
      a: 'succeeded',
      b: 'applying',
    },
    {
      name: 'waits for an app that starts again',
      before: [],
      after: [['shop', 'Progressing']],
      a: 'applying',
      b: 'to-apply',
    },
    {
      name: 'fails where an app turned Degraded',
      before: [['shop', 'Degraded']],
      after: [
        ['bank', 'Degraded'],
        ['shop', 'Degraded'],
      ],
      a: 'failed',
      b: 'to-apply',
    },
  ])('$name', ({ before, after, a, b }) => {
    const decision = decideBlueprintRollout(
      begun(before),
      observe({ a: 2, b: 1 }, after),
      later(5),
    );
    if (decision.kind !== 'stepped') throw new Error(decision.kind);
    const { clusters } = decision.record.rollout;
    expect([clusters.a.kind, clusters.b?.kind ?? 'to-apply']).toEqual([a, b]);
  });

  it('does not name apps to those who see clusters only', () => {
    const decision = decideBlueprintRollout(
      begun([]),
      observe({ a: 2, b: 1 }, [['bank', 'Degraded']]),
      later(5),
    );
    expect(decision).toMatchObject({
      record: {
        rollout: {
          clusters: {
            a: { why: '1 app that ran well before turned Degraded there' },
          },
        },
      },
    });
  });
});
