import type { Cluster } from '@callboard/plugin-callboard-common';
import {
  type ClusterConcernFacts,
  clusterConcerns,
  clusterNeedsAttention,
  clusterUrgency,
  describeConcern,
} from './clusterConcerns';

const NOW = new Date('2026-11-20T12:00:00Z');
const CAUSE = { since: '2026-11-20T11:00:00Z', by: 'user:default/ana' };

function facts(over: Partial<ClusterConcernFacts> = {}): ClusterConcernFacts {
  return {
    freshness: 'live',
    observedAt: '2026-11-20T12:00:00Z',
    health: { status: 'Healthy', reason: 'AllHealthy', message: 'All is well' },
    scheduling: { state: 'open' },
    blueprint: null,
    ...over,
  };
}

const drifted: Cluster['blueprint'] = {
  name: 'golden',
  version: 3,
  state: 'applied',
  message: '',
  addons: [],
  drift: [
    {
      object: { apiVersion: 'v1', kind: 'ConfigMap', name: 'rules' },
      kind: 'changed',
      paths: ['data.a'],
      message: 'It differs',
    },
  ],
};

const left = (state: 'moving' | 'stuck', app = 'shop') => ({
  app,
  environment: 'prod',
  environmentTitle: 'Production',
  state,
  to: [],
  message: '',
});

describe('concerns of a cluster', () => {
  it.each([
    { name: 'nothing', given: facts(), says: [], needs: false },
    {
      name: 'silent: what was seen last says nothing of now',
      given: facts({
        freshness: 'unreachable',
        observedAt: '2026-11-20T11:56:00Z',
        blueprint: drifted,
      }),
      says: ['No contact for 4 min'],
      needs: true,
    },
    {
      name: 'never seen',
      given: facts({ freshness: 'unreachable', observedAt: null }),
      says: ['Never seen'],
      needs: true,
    },
    {
      name: 'degraded before drifted before cordoned',
      given: facts({
        health: {
          status: 'Degraded',
          reason: 'Reported',
          message: 'shop crashes',
        },
        scheduling: { state: 'cordoned', ...CAUSE },
        blueprint: drifted,
      }),
      says: [
        'shop crashes',
        '1 object drifted from blueprint golden 3',
        'Cordoned',
      ],
      needs: true,
    },
    {
      name: 'a drain that goes on is as asked',
      given: facts({
        scheduling: { state: 'draining', left: [left('moving')], ...CAUSE },
      }),
      says: ['Draining: 1 app left'],
      needs: false,
    },
    {
      name: 'a drain that is stuck is not',
      given: facts({
        scheduling: {
          state: 'draining',
          left: [left('stuck'), left('stuck', 'bank'), left('moving', 'x')],
          ...CAUSE,
        },
      }),
      says: ['Draining: 2 apps have nowhere else to run'],
      needs: true,
    },
    {
      name: 'a drain of one app that runs there in two environments',
      given: facts({
        scheduling: {
          state: 'draining',
          left: [left('moving'), { ...left('moving'), environment: 'staging' }],
          ...CAUSE,
        },
      }),
      says: ['Draining: 1 app left'],
      needs: false,
    },
    {
      name: 'a blueprint that could not be applied',
      given: facts({ blueprint: { ...drifted, state: 'failed' } }),
      says: ['Blueprint golden 3 could not be applied'],
      needs: true,
    },
    {
      name: 'drained',
      given: facts({ scheduling: { state: 'drained', ...CAUSE } }),
      says: ['Drained'],
      needs: false,
    },
  ])('$name', ({ given, says, needs }) => {
    expect(
      clusterConcerns(given).map(concern => describeConcern(concern, NOW)),
    ).toEqual(says);
    expect(clusterNeedsAttention(given)).toBe(needs);
  });

  it('sorts the urgent first and the unconcerned last', () => {
    const silent = facts({ freshness: 'stale' });
    const cordoned = facts({ scheduling: { state: 'cordoned', ...CAUSE } });
    const order = [facts(), cordoned, silent].sort(
      (a, b) => clusterUrgency(a) - clusterUrgency(b),
    );
    expect(order).toEqual([silent, cordoned, facts()]);
  });
});
