import type { ClusterUsage } from '@callboard/plugin-callboard-common';
import { describeUsage } from './describeUsage';

const MIB = 1024 ** 2;
const on = (
  cluster: string,
  state: ClusterUsage['state'],
  memory: Array<number | undefined>,
): ClusterUsage => ({
  cluster,
  state,
  traffic: { state: 'not-configured' },
  series: [],
  instances: memory.map((mib, index) => ({
    name: `${cluster}-${index}`,
    workload: 'web',
    containers: [
      {
        name: 'main',
        requests: { cpuMillicores: 50, memoryBytes: 64 * MIB },
        limits: {},
        restarts: 0,
        ...(mib !== undefined && { memoryBytes: mib * MIB, cpuMillicores: 3 }),
      },
    ],
  })),
});

it.each([
  [[], undefined],
  [[on('eu-1', 'stopped', [])], undefined],
  [[on('eu-1', 'live', [undefined])], 'usage has not been measured yet'],
  [
    [on('eu-1', 'live', [27])],
    '1 instance uses 27 MiB and 0.003 CPU of 64 MiB and 0.05 CPU requested',
  ],
  [
    [
      on('eu-1', 'live', [27, 28, undefined]),
      on('us-1', 'not-served', [undefined]),
      on('ap-1', 'stale', [99]),
    ],
    '2 instances use 55 MiB and 0.006 CPU of 128 MiB and 0.1 CPU requested (not known on us-1 and ap-1)',
  ],
  [[on('us-1', 'not-served', [undefined])], 'usage is not known on us-1'],
])('of %# it says %s', (clusters, sentence) => {
  expect(describeUsage({ clusters })).toBe(sentence);
});
