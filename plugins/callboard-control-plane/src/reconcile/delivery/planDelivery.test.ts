import type { Health, KubeObject } from '@callboard/plugin-callboard-common';
import type { DeploymentState, ObjectDigest } from '../../store';
import type { RenderedDeployment } from './RenderedDeployment';
import { planDelivery } from './planDelivery';

const HEALTHY: Health = {
  status: 'Healthy',
  reason: 'AllHealthy',
  message: 'All are ready',
};
const DEPLOYMENT = 'apps/v1/Deployment/shop--dev/web';

const object = (
  apiVersion: string,
  kind: string,
  name: string,
): KubeObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'shop--dev' },
});

const desired = (
  change: Partial<RenderedDeployment> = {},
): RenderedDeployment => {
  const workload = [
    object('apps/v1', 'Deployment', 'web'),
    object('v1', 'Service', 'web'),
  ];
  return {
    areInstancesSeen: true,
    deployment: 'shop--dev',
    namespace: 'shop--dev',
    release: 2,
    objects: workload,
    fingerprint: 'new',
    parts: [{ name: 'web', objects: workload }],
    instances: 1,
    exposure: { type: 'NodePort', host: 'localhost' },
    drift: 'NotSet',
    ...change,
  };
};

const digest = (
  apiVersion: string,
  kind: string,
  name: string,
  change: Partial<ObjectDigest> = {},
): ObjectDigest => ({
  ref: { apiVersion, kind, namespace: 'shop--dev', name },
  uid: name,
  resourceVersion: '1',
  deployment: 'app/shop/dev/eu-1',
  workload: 'web',
  release: 2,
  terminating: false,
  drift: [],
  ...change,
});

/** A workload that runs, unless something is said to the contrary. */
function seen(
  change: {
    deployment?: Partial<ObjectDigest>;
    without?: string[];
  } = {},
) {
  const digests = [
    digest('apps/v1', 'Deployment', 'web', {
      health: HEALTHY,
      instances: { ready: 1, wanted: 1 },
      ...change.deployment,
    }),
    digest('v1', 'Service', 'web', { ports: [{ port: 80, nodePort: 30_001 }] }),
    digest('v1', 'Pod', 'web-1', { health: HEALTHY, steadyAtMs: 0 }),
  ];
  return new Map(
    digests
      .map(
        each =>
          [
            `${each.ref.apiVersion}/${each.ref.kind}/shop--dev/${each.ref.name}`,
            each,
          ] as const,
      )
      .filter(([key]) => !change.without?.includes(key)),
  );
}

describe('planDelivery', () => {
  const state = (change: Partial<DeploymentState> = {}): DeploymentState => ({
    sync: 'Synced',
    health: HEALTHY,
    instances: { ready: 1, wanted: 1 },
    urls: [],
    parts: [],
    drift: [],
    findings: [],
    appliedFingerprint: 'new',
    inventory: { [DEPLOYMENT]: 'a', 'v1/Service/shop--dev/web': 'b' },
    ...change,
  });
  const drifted = seen({ deployment: { drift: ['spec.replicas'] } });
  const allKnown = [DEPLOYMENT, 'v1/Service/shop--dev/web'];

  it.each([
    {
      name: 'everything is in place',
      wanted: desired(),
      was: state(),
      given: seen(),
      expected: 'nothing',
      known: [],
    },
    {
      name: 'something else is wanted',
      wanted: desired(),
      was: state({ appliedFingerprint: 'old' }),
      given: seen(),
      expected: 'wanted',
      known: allKnown,
    },
    {
      name: 'somebody changed it',
      wanted: desired(),
      was: state(),
      given: drifted,
      expected: 'drifted',
      known: allKnown.slice(1),
    },
    {
      name: 'somebody removed it',
      wanted: desired(),
      was: state(),
      given: seen({ without: [DEPLOYMENT] }),
      expected: 'drifted',
      known: allKnown.slice(1),
    },
    {
      name: 'a run of ours replaced it and was overtaken before it recorded that',
      wanted: desired({ drift: 'DetectAndNotify' }),
      was: state(),
      given: seen({ deployment: { fingerprint: 'of another release' } }),
      expected: 'replaced',
      known: allKnown.slice(1),
    },
    {
      name: 'it is there as it was recorded',
      wanted: desired(),
      was: state(),
      given: seen({ deployment: { fingerprint: 'a' } }),
      expected: 'nothing',
      known: [],
    },
    {
      name: 'drift is only shown',
      wanted: desired({ drift: 'DetectAndNotify' }),
      was: state(),
      given: drifted,
      expected: 'nothing',
      known: [],
    },
    {
      name: 'drift is blocked by undoing it',
      wanted: desired({ drift: 'BlockAndNotify' }),
      was: state(),
      given: drifted,
      expected: 'drifted',
      known: allKnown.slice(1),
    },
    {
      name: 'drift is only shown, until something else is wanted',
      wanted: desired({ drift: 'DetectAndNotify' }),
      was: state({ appliedFingerprint: 'old' }),
      given: drifted,
      expected: 'wanted',
      known: allKnown.slice(1),
    },
  ])('$name', ({ wanted, was, given, expected, known }) => {
    const plan = planDelivery(wanted, was, given);
    expect(plan.kind === 'nothing' ? 'nothing' : plan.because).toBe(expected);
    expect(plan.kind === 'nothing' ? [] : Object.keys(plan.known)).toEqual(
      known,
    );
  });
});
