import type { PartVerdict } from '@callboard/plugin-callboard-core';
import { replicasInPlace } from './findSize';

function part(name: string, change: Partial<PartVerdict> = {}): PartVerdict {
  return {
    name,
    health: { status: 'Healthy', reason: 'AllHealthy', message: '' },
    objects: 1,
    ...change,
  };
}

describe('replicas that a cluster holds', () => {
  it.each([
    {
      name: 'are those of its workload',
      parts: [part('web', { replicas: 4 })],
      wanted: 4,
      expected: 4,
    },
    {
      name: 'are not fewer beside what runs once per node or by the clock',
      parts: [
        part('web', { replicas: 4 }),
        part('collector', { replicas: 0 }),
        part('report', { replicas: 0 }),
      ],
      wanted: 5,
      expected: 4,
    },
    {
      name: 'are not more beside a collector on many nodes',
      parts: [part('web', { replicas: 2 }), part('collector', { replicas: 0 })],
      wanted: 52,
      expected: 2,
    },
    {
      name: 'are none of a database',
      parts: [
        part('web', { replicas: 2 }),
        part('db', { resource: 'postgres' }),
      ],
      wanted: 2,
      expected: 2,
    },
    {
      name: 'are none where nothing is divided',
      parts: [part('report', { replicas: 0 })],
      wanted: 0,
      expected: 0,
    },
    {
      name: 'are an average where an earlier version recorded it',
      parts: [part('web'), part('api')],
      wanted: 6,
      expected: 3,
    },
  ])('$name', ({ parts, wanted, expected }) => {
    const state = { parts, instances: { ready: 0, wanted } };
    expect(replicasInPlace({ ...state, appliedFingerprint: 'f' })).toBe(
      expected,
    );
    expect(replicasInPlace(state)).toBe(0);
  });
});
