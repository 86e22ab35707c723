import type {
  AppFile,
  EnvironmentFile,
  ReplicaScheduling,
} from '@callboard/plugin-callboard-common';
import { resolveEnvironments } from './resolveEnvironments';

const byCapacity: ReplicaScheduling = {
  weightPreference: { dynamicWeight: 'AvailableReplicas' },
};
const duplicated: ReplicaScheduling = { replicaSchedulingType: 'Duplicated' };

function resolve(
  platform: ReplicaScheduling | undefined,
  app: {
    replicaScheduling?: ReplicaScheduling;
    overrides?: Array<{ clusters: object; replicas?: number }>;
  },
) {
  const { replicaScheduling, overrides } = app;
  const file = {
    apiVersion: 'callboard.dev/v1alpha1',
    kind: 'Environment',
    metadata: { name: 'prod' },
    spec: {
      order: 1,
      replicas: 5,
      placement: platform ? { replicaScheduling: platform } : {},
    },
  } as EnvironmentFile;
  const appFile = {
    apiVersion: 'callboard.dev/v1alpha1',
    kind: 'App',
    metadata: { name: 'shop' },
    spec: {
      environments: [
        {
          name: 'prod',
          ...(replicaScheduling && { placement: { replicaScheduling } }),
          ...(overrides && { overrides }),
        },
      ],
    },
  } as AppFile;
  const resolved = resolveEnvironments([file], appFile);
  return resolved.ok
    ? resolved.value[0].placement.replicaScheduling
    : resolved.problem.why;
}

describe('how replicas are divided: the platform says it, an app may narrow it', () => {
  it.each([
    {
      name: 'nobody says it',
      given: resolve(undefined, {}),
      expected: undefined,
    },
    {
      name: 'the platform',
      given: resolve(byCapacity, {}),
      expected: byCapacity,
    },
    {
      name: 'the app, where the platform says nothing',
      given: resolve(undefined, { replicaScheduling: byCapacity }),
      expected: byCapacity,
    },
    {
      name: 'the app divides otherwise',
      given: resolve(byCapacity, { replicaScheduling: {} }),
      expected: {},
    },
    {
      name: 'the app wants all on every cluster: more than the platform allows',
      given: resolve(byCapacity, { replicaScheduling: duplicated }),
      expected:
        'it wants all instances on every cluster, the platform divides them',
    },
    {
      name: 'all on every cluster where the platform says so too',
      given: resolve(duplicated, { replicaScheduling: duplicated }),
      expected: duplicated,
    },
    {
      name: 'two ways to say how many a cluster gets',
      given: resolve(byCapacity, {
        overrides: [{ clusters: {}, replicas: 1 }],
      }),
      expected:
        'its instances are divided over the clusters, and its "overrides" set their number for some clusters',
    },
    {
      name: 'overrides that say no number',
      given: resolve(byCapacity, { overrides: [{ clusters: {} }] }),
      expected: byCapacity,
    },
  ])('$name', ({ given, expected }) => {
    expect(given).toEqual(expected);
  });
});
