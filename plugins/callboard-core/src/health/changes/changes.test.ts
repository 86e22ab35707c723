import type { KubeObject } from '@callboard/plugin-callboard-common';
import { nameChangesBefore } from './nameChangesBefore';
import { readNodeChanges } from './readNodeChanges';

const BEGAN = new Date('2026-11-20T12:00:00Z');
const ago = (seconds: number) => new Date(BEGAN.getTime() - seconds * 1_000);

describe('nameChangesBefore', () => {
  it.each<{
    name: string;
    changes: Array<[number, string]>;
    expected?: string;
  }>([
    { name: 'nothing known', changes: [], expected: undefined },
    {
      name: 'a release',
      changes: [[12, 'Release 2 came']],
      expected: 'Release 2 came (12 s earlier)',
    },
    {
      name: 'the latest first, and no more than two',
      changes: [
        [600, 'Release 2 came'],
        [30, 'Machine "a" turned not ready'],
        [1_200, 'Blueprint golden 4 was applied'],
      ],
      expected:
        'Machine "a" turned not ready (30 s earlier); Release 2 came (10 min earlier)',
    },
    {
      name: 'in order of words where the moment is the same',
      changes: [
        [5, 'b'],
        [5, 'a'],
      ],
      expected: 'a (5 s earlier); b (5 s earlier)',
    },
    {
      name: 'an hour before, just',
      changes: [[3_600, 'Release 2 came']],
      expected: 'Release 2 came (1 h earlier)',
    },
    { name: 'longer before', changes: [[3_601, 'Release 2 came']] },
    {
      name: 'in the same second, as clusters round',
      changes: [[-2, 'Release 2 came']],
      expected: 'Release 2 came (at that moment)',
    },
    { name: 'afterwards', changes: [[-2.1, 'Release 2 came']] },
    {
      name: 'a second before',
      changes: [[1, 'Release 2 came']],
      expected: 'Release 2 came (1 s earlier)',
    },
  ])('$name', ({ changes, expected }) => {
    expect(
      nameChangesBefore(
        changes.map(([seconds, says]) => ({ at: ago(seconds), says })),
        BEGAN,
      ),
    ).toBe(expected);
  });
});

describe('readNodeChanges', () => {
  const says = (fields: object) =>
    readNodeChanges({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'a' },
      ...fields,
    } as KubeObject).map(
      ({ at, says: words }) => `${at.toISOString()} ${words}`,
    );
  const condition = (type: string, status: string) => ({
    status: {
      conditions: [
        { type, status, lastTransitionTime: '2026-11-20T11:00:00Z' },
      ],
    },
  });

  it.each<{ name: string; given: object; expected: string[] }>([
    { name: 'a node that says nothing', given: {}, expected: [] },
    {
      name: 'a new node',
      given: {
        metadata: { name: 'a', creationTimestamp: '2026-11-20T11:30:00Z' },
      },
      expected: ['2026-11-20T11:30:00.000Z Machine "a" joined'],
    },
    {
      name: 'ready',
      given: condition('Ready', 'True'),
      expected: ['2026-11-20T11:00:00.000Z Machine "a" turned ready'],
    },
    {
      name: 'not ready',
      given: condition('Ready', 'False'),
      expected: ['2026-11-20T11:00:00.000Z Machine "a" turned not ready'],
    },
    {
      name: 'silent',
      given: condition('Ready', 'Unknown'),
      expected: ['2026-11-20T11:00:00.000Z Machine "a" stopped reporting'],
    },
    {
      name: 'short of memory',
      given: condition('MemoryPressure', 'True'),
      expected: ['2026-11-20T11:00:00.000Z Machine "a" ran short of memory'],
    },
    {
      name: 'not short of memory',
      given: condition('MemoryPressure', 'False'),
      expected: [],
    },
    {
      name: 'a condition nobody knows',
      given: condition('Odd', 'True'),
      expected: [],
    },
    {
      name: 'without an instant',
      given: { status: { conditions: [{ type: 'Ready', status: 'False' }] } },
      expected: [],
    },
    {
      name: 'closed',
      given: {
        spec: {
          taints: [
            {
              key: 'node.kubernetes.io/unschedulable',
              timeAdded: '2026-11-20T11:10:00Z',
            },
            { key: 'other', timeAdded: '2026-11-20T11:10:00Z' },
            { key: 'node.kubernetes.io/unschedulable' },
          ],
        },
      },
      expected: ['2026-11-20T11:10:00.000Z Machine "a" takes no new instances'],
    },
  ])('$name', ({ given, expected }) => {
    expect(says(given)).toEqual(expected);
  });
});
