import { readStrategy } from './readStrategy';
import type { Size, Strategy } from './types';

const NONE: Size = { kind: 'count', count: 0 };
const ALL: Size = { kind: 'percent', percent: 100 };

function strategyOf(written: unknown): Strategy {
  const read = readStrategy(written);
  if (!read.ok) throw new Error(read.problem.why);
  return read.value;
}

const progressive = (fields: object) => ({
  type: 'Progressive',
  progressive: fields,
});

describe('readStrategy', () => {
  it.each<[string, unknown, Strategy]>([
    [
      'all at once: whatever fails, and nothing soaks',
      {
        type: 'All',
        all: {
          progressDeadline: '10m',
          minSuccessTime: '5m',
          maxFailures: 1,
          mandatoryDecisionGroups: [{ groupName: 'one' }],
        },
      },
      {
        type: 'All',
        minSuccessMs: 0,
        deadlineMs: 600_000,
        maxFailures: ALL,
        maxConcurrency: ALL,
        mandatory: [],
      },
    ],
    [
      'one after the other: everything as written',
      progressive({
        progressDeadline: '1h30m',
        minSuccessTime: '5m',
        maxFailures: 2,
        maxConcurrency: '25%',
        mandatoryDecisionGroups: [
          { groupName: 'one' },
          { groupIndex: 3 },
          {},
          'odd',
          null,
          { groupName: 4, groupIndex: '5' },
        ],
      }),
      {
        type: 'Progressive',
        minSuccessMs: 300_000,
        deadlineMs: 5_400_000,
        maxFailures: { kind: 'count', count: 2 },
        maxConcurrency: { kind: 'percent', percent: 25 },
        mandatory: [
          { name: 'one', index: 0 },
          { name: '', index: 3 },
          { name: '', index: 0 },
          { name: '', index: 0 },
          { name: '', index: 0 },
          { name: '', index: 0 },
        ],
      },
    ],
    [
      'group by group: all of a group at once, whatever is written',
      {
        type: 'ProgressivePerGroup',
        progressivePerGroup: { maxConcurrency: 1, maxFailures: '10%' },
        progressive: { maxFailures: 7 },
      },
      {
        type: 'ProgressivePerGroup',
        minSuccessMs: 0,
        maxFailures: { kind: 'percent', percent: 10 },
        maxConcurrency: ALL,
        mandatory: [],
      },
    ],
    [
      'nothing written: the defaults',
      progressive({ mandatoryDecisionGroups: 'one' }),
      {
        type: 'Progressive',
        minSuccessMs: 0,
        maxFailures: NONE,
        maxConcurrency: NONE,
        mandatory: [],
      },
    ],
    [
      'null is not written',
      progressive({
        progressDeadline: null,
        minSuccessTime: null,
        maxFailures: null,
        maxConcurrency: null,
      }),
      strategyOf({ type: 'Progressive' }),
    ],
  ])('reads %s', (_, written, expected) => {
    expect(strategyOf(written)).toEqual(expected);
  });

  it.each([null, {}, { type: null }, { all: { progressDeadline: '10m' } }])(
    'takes %j as a rollout to all at once',
    written => {
      expect(strategyOf(written)).toEqual(
        strategyOf({ ...(written ?? {}), type: 'All' }),
      );
    },
  );

  it.each<[unknown, number | undefined]>([
    ['', undefined],
    ['None', undefined],
    ['90s', 90_000],
    ['12h', 43_200_000],
  ])('reads the deadline %j', (progressDeadline, expected) => {
    expect(strategyOf(progressive({ progressDeadline })).deadlineMs).toBe(
      expected,
    );
  });

  it.each([
    ['.5m', 30_000],
    ['-5m', -300_000],
    ['52ms34ns', 52.000034],
    ['0', 0],
  ])('reads the soak %s as the engine does', (minSuccessTime, expected) => {
    expect(strategyOf(progressive({ minSuccessTime })).minSuccessMs).toBe(
      expected,
    );
  });

  it.each<[unknown, Size]>([
    [0, NONE],
    [-3, { kind: 'count', count: -3 }],
    ['33.5%', { kind: 'percent', percent: 33.5 }],
    ['100%', ALL],
    ['7.%', { kind: 'percent', percent: 7 }],
    ['.25%', { kind: 'percent', percent: 0.25 }],
    ['+5%', { kind: 'percent', percent: 5 }],
    ['-5%', { kind: 'percent', percent: -5 }],
    ['1e+1%', { kind: 'percent', percent: 10 }],
    ['25E-1%', { kind: 'percent', percent: 2.5 }],
    ['2e12%', { kind: 'percent', percent: 2e12 }],
  ])('reads the size %j', (maxFailures, expected) => {
    expect(strategyOf(progressive({ maxFailures })).maxFailures).toEqual(
      expected,
    );
  });

  const DURATION = 'Write it like 10m, 1h30m or None';
  const SOAK = 'Write it like 5m or 1h30m';
  const SIZE = 'Write it like 3 or 25%';
  it.each<[unknown, string, string]>([
    [
      { type: 'Slowly' },
      '"Slowly" is not a type of rollout',
      'Use All, Progressive or ProgressivePerGroup',
    ],
    [
      { type: '' },
      '"" is not a type of rollout',
      'Use All, Progressive or ProgressivePerGroup',
    ],
    ...['soon', '+5m', 'x5m', 'm', '5', '5m30', 5, ['5m']].map(
      (progressDeadline): [unknown, string, string] => [
        progressive({ progressDeadline }),
        `progressDeadline ${JSON.stringify(
          progressDeadline,
        )} is not a duration`,
        DURATION,
      ],
    ),
    ...['', 'soon', 5, ['5m']].map(
      (minSuccessTime): [unknown, string, string] => [
        progressive({ minSuccessTime }),
        `minSuccessTime ${JSON.stringify(minSuccessTime)} is not a duration`,
        SOAK,
      ],
    ),
    ...['3', '5%%', 'x5%', '5%x', '%', '.%', '5e%', 1.5, true, ['5%']].map(
      (maxFailures): [unknown, string, string] => [
        progressive({ maxFailures }),
        `maxFailures ${JSON.stringify(
          maxFailures,
        )} is neither a number nor a percentage`,
        SIZE,
      ],
    ),
    [
      progressive({ maxFailures: { toString: 1 } }),
      'maxFailures {"toString":1} is neither a number nor a percentage',
      SIZE,
    ],
    [
      progressive({ maxFailures: 'x'.repeat(99) }),
      `maxFailures "${'x'.repeat(39)}… is neither a number nor a percentage`,
      SIZE,
    ],
    [
      progressive({ maxConcurrency: 'two' }),
      'maxConcurrency "two" is neither a number nor a percentage',
      SIZE,
    ],
  ])('refuses %j', (written, why, next) => {
    expect(readStrategy(written)).toEqual({
      ok: false,
      problem: {
        code: 'rollout-misconfigured',
        what: 'Cannot roll out by this strategy',
        why,
        next,
        transient: false,
      },
    });
  });
});
