import type {
  ClusterFacts,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';
import { instanceNeedsOf } from '../../environment';
import { describeNeverFits } from './describeNeverFits';
import { type FitQuestion, findNeverFits } from './findNeverFits';

const NOW = new Date('2026-11-20T12:00:00Z');
const GIB = 1024 ** 3;

/** A cluster of `nodes` nodes of this size, all capacity taken and out of contact: what passes does not count. */
function cluster(
  name: string,
  { memory = 16, cpu = 4, disk = 100, nodes = 3, ...facts } = {},
): ClusterFacts {
  return {
    name,
    labels: { env: 'dev' },
    claims: {},
    taints: [],
    freshness: 'unreachable',
    cordoned: true,
    free: { cpuMillicores: 0, memoryBytes: 0, pods: 0 },
    capacity: {
      cpuMillicores: nodes * cpu * 1000,
      memoryBytes: nodes * memory * GIB,
      largestNode: {
        cpuMillicores: cpu * 1000,
        memoryBytes: memory * GIB,
        ephemeralStorageBytes: disk * GIB,
      },
    },
    ...facts,
  };
}

function workload(given: {
  requests?: { cpu?: string; memory?: string };
  limits?: { cpu?: string; memory?: string };
  volume?: string;
  step?: string;
}): ScoreWorkload {
  const { requests, limits, volume, step } = given;
  return {
    apiVersion: 'score.dev/v1b1',
    metadata: { name: 'web' },
    containers: {
      main: { image: '.', resources: { requests, limits } },
      ...(step && {
        step: {
          image: '.',
          resources: { requests: { memory: step } },
          before: { main: { ready: 'complete' } },
        },
      }),
    },
    ...(volume && {
      resources: {
        data: { type: 'volume', params: { size: volume, ephemeral: true } },
      },
    }),
  };
}

function ask(
  given: Parameters<typeof workload>[0],
  clusters: ClusterFacts[],
  question: Partial<FitQuestion> = {},
) {
  const fault = findNeverFits(
    {
      spec: {},
      instances: [instanceNeedsOf(workload(given))],
      replicasOn: () => 1,
      ...question,
    },
    clusters,
    NOW,
  );
  return (
    fault && describeNeverFits(fault, { app: 'shop', environment: 'Dev' }).why
  );
}

describe('what can never fit', () => {
  it.each<[string, Parameters<typeof ask>, string | undefined]>([
    [
      'fits where one node is as large',
      [{ requests: { memory: '16Gi' } }, [cluster('a')]],
      undefined,
    ],
    [
      'more memory than any node',
      [{ requests: { memory: '900Gi' } }, [cluster('a'), cluster('b')]],
      'one instance of "web" needs 900 GiB of memory, and the largest node has 16 GiB of memory (a)',
    ],
    [
      'fits where an override asks for less',
      [
        { requests: { memory: '900Gi' } },
        [cluster('a')],
        {
          instancesOn: () => [
            instanceNeedsOf(workload({ requests: { memory: '1Gi' } })),
          ],
        },
      ],
      undefined,
    ],
    [
      'more memory than any node by an override of one cluster',
      [
        { requests: { memory: '1Gi' } },
        [cluster('a')],
        {
          instancesOn: ({ name }) =>
            name === 'a'
              ? [instanceNeedsOf(workload({ requests: { memory: '900Gi' } }))]
              : undefined,
        },
      ],
      'one instance of "web" needs 900 GiB of memory, and the largest node has 16 GiB of memory (a)',
    ],
    [
      'a limit is the request where there is none',
      [{ limits: { memory: '900Gi' } }, [cluster('a')]],
      'one instance of "web" needs 900 GiB of memory, and the largest node has 16 GiB of memory (a)',
    ],
    [
      'the cluster that comes nearest is named',
      [
        { requests: { memory: '900Gi' } },
        [cluster('a'), cluster('b', { memory: 64 })],
      ],
      'one instance of "web" needs 900 GiB of memory, and the largest node has 64 GiB of memory (b)',
    ],
    [
      'more CPU than any node',
      [{ requests: { cpu: '4.5' } }, [cluster('a')]],
      'one instance of "web" needs 4.5 CPU, and the largest node has 4 CPU (a)',
    ],
    [
      'more disk than any node',
      [{ volume: '200Gi' }, [cluster('a')]],
      'one instance of "web" needs 200 GiB of disk, and the largest node has 100 GiB of disk (a)',
    ],
    [
      'a step before the start counts alone',
      [{ requests: { memory: '10Gi' }, step: '12Gi' }, [cluster('a')]],
      undefined,
    ],
    [
      'a step that is too large',
      [{ requests: { memory: '1Gi' }, step: '17Gi' }, [cluster('a')]],
      'one instance of "web" needs 17 GiB of memory, and the largest node has 16 GiB of memory (a)',
    ],
    [
      'all instances together',
      [
        { requests: { memory: '10Gi' } },
        [cluster('a')],
        { replicasOn: () => 5 },
      ],
      'its instances together need 50 GiB of memory, and the largest cluster has 48 GiB of memory (a)',
    ],
    [
      'instances that are divided over clusters need no cluster for all',
      [
        { requests: { memory: '10Gi' } },
        [cluster('a')],
        { replicasOn: undefined },
      ],
      undefined,
    ],
    [
      'one large cluster is enough',
      [
        { requests: { memory: '900Gi' } },
        [cluster('a'), cluster('b', { memory: 1024 })],
      ],
      undefined,
    ],
    [
      'a large cluster that is not of the environment does not help',
      [
        { requests: { memory: '900Gi' } },
        [
          cluster('a'),
          { ...cluster('b', { memory: 1024 }), labels: { env: 'prod' } },
        ],
        {
          spec: {
            predicates: [
              {
                requiredClusterSelector: {
                  labelSelector: { matchLabels: { env: 'dev' } },
                },
              },
            ],
          },
        },
      ],
      'one instance of "web" needs 900 GiB of memory, and the largest node has 16 GiB of memory (a)',
    ],
    [
      'a cluster of unknown size may hold anything',
      [
        { requests: { memory: '900Gi' } },
        [cluster('a'), { ...cluster('b'), capacity: undefined }],
      ],
      undefined,
    ],
    [
      'a node that does not tell its disk may hold any volume',
      [
        { volume: '200Gi' },
        [{ ...cluster('a'), capacity: { largestNode: {} } }],
      ],
      undefined,
    ],
  ])('%s', (_, [given, clusters, question], expected) => {
    expect(ask(given, clusters, question)).toBe(expected);
  });

  it('is nothing where the environment selects no cluster: placement says so', () => {
    expect(ask({ requests: { memory: '900Gi' } }, [])).toBeUndefined();
  });
});
