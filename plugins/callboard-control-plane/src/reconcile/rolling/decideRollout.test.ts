import { readStrategy } from '@callboard/plugin-callboard-core';
import type { DeploymentRecord } from '../../store';
import { decideRollout } from './decideRollout';
import type { RolloutObservation } from './RolloutObservation';

const NOW = new Date('2026-11-21T10:00:00Z');
const STRATEGY = readStrategy({
  type: 'Progressive',
  progressive: { maxConcurrency: 1 },
});

/** What is on a cluster: release 1 everywhere, unless something else is said. */
function on(
  cluster: string,
  state: Partial<DeploymentRecord['state']> = { desiredRelease: 1 },
): [string, DeploymentRecord] {
  return [
    cluster,
    {
      key: { kind: 'app', app: 'shop', environment: 'prod', cluster },
      name: 'shop',
      since: NOW,
      state: {
        observedRelease: 1,
        sync: 'Synced',
        health: { status: 'Healthy', reason: 'AllHealthy', message: '' },
        instances: { ready: 1, wanted: 1 },
        urls: [],
        parts: [],
        drift: [],
        findings: [],
        inventory: {},
        ...state,
      },
    },
  ];
}

function observe(
  clusters: string[],
  deployments: Array<[string, DeploymentRecord]>,
): RolloutObservation {
  if (!STRATEGY.ok) throw new Error(STRATEGY.problem.why);
  return {
    title: 'Production',
    wanted: {
      app: 'shop',
      environment: 'prod',
      release: 2,
      releasedBy: 'user:default/ana',
      releasedAt: NOW,
    },
    strategy: STRATEGY.value,
    groups: [{ name: '', clusters }],
    replicas: new Map(),
    deployments: new Map(deployments),
    clusterStatusOf: () => ({ freshness: 'live', observedAt: NOW, since: NOW }),
  };
}

describe('a cluster that is chosen while a release is on its way', () => {
  it.each([
    ['has what the others had', undefined, 1],
    ['keeps what is on it still', { observedRelease: 2 }, 2],
  ])('%s', (_, left, release) => {
    const before = [on('eu-1'), on('us-1')];
    const begun = decideRollout(observe(['eu-1', 'us-1'], before), NOW);
    if (begun.kind !== 'stepped') throw new Error(begun.kind);
    const decided = decideRollout(
      {
        ...observe(
          ['eu-1', 'us-1', 'us-2'],
          [...before, ...(left ? [on('us-2', left)] : [])],
        ),
        record: begun.record,
      },
      NOW,
    );
    if (decided.kind !== 'stepped') throw new Error(decided.kind);
    expect(decided.desired.get('us-2')).toEqual({ release });
  });
});
