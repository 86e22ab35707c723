import type { ScoreWorkload } from '@callboard/plugin-callboard-common';
import { needsOf } from './needsOf';

function workload(
  ...containers: Array<ScoreWorkload['containers'][string]['resources']>
): ScoreWorkload {
  return {
    apiVersion: 'score.dev/v1b1',
    metadata: { name: 'web' },
    containers: Object.fromEntries(
      containers.map((resources, index) => [
        `c${index}`,
        { image: '.', ...(resources && { resources }) },
      ]),
    ),
  };
}

describe('needsOf', () => {
  it.each([
    {
      name: 'nothing asked takes the place of its instances',
      workloads: [workload(undefined), workload(undefined)],
      replicas: 2,
      expected: { cpuMillicores: 0, memoryBytes: 0, pods: 4 },
    },
    {
      name: 'requests of all containers and instances together',
      workloads: [
        workload(
          { requests: { cpu: '250m', memory: '64Mi' } },
          { requests: { cpu: '1' } },
        ),
      ],
      replicas: 3,
      expected: { cpuMillicores: 3750, memoryBytes: 201326592, pods: 3 },
    },
    {
      name: 'a limit alone is the request, a request goes before it',
      workloads: [
        workload(
          { limits: { cpu: '2', memory: '1Mi' } },
          { requests: { cpu: '1' }, limits: { cpu: '4' } },
        ),
      ],
      replicas: 1,
      expected: { cpuMillicores: 3000, memoryBytes: 1048576, pods: 1 },
    },
    {
      name: 'no instance takes nothing',
      workloads: [workload({ requests: { cpu: '1' } })],
      replicas: 0,
      expected: { cpuMillicores: 0, memoryBytes: 0, pods: 0 },
    },
  ])('$name', ({ workloads, replicas, expected }) => {
    expect(needsOf(workloads, replicas)).toEqual(expected);
  });
});
