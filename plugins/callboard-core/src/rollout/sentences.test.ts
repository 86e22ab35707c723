import { describePhase, joinWords, type RolloutFacts } from './sentences';
import type { RolloutPhase } from './types';

const NOW = new Date('2026-11-20T12:00:00Z');

const facts = (over: Partial<RolloutFacts> = {}): RolloutFacts => ({
  purpose: 'roll-out',
  revision: '8',
  reached: 2,
  clusters: 3,
  soakMs: 2_000,
  wave: 1,
  waves: 1,
  failed: [],
  isMoreToDo: false,
  ...over,
});

describe('describePhase', () => {
  it.each<[RolloutPhase, Partial<RolloutFacts>, string]>([
    [{ kind: 'applying', stage: 0, clusters: ['a'] }, {}, 'Rolling out: a'],
    [
      { kind: 'applying', stage: 0, clusters: ['a', 'b'] },
      { wave: 2, waves: 3, purpose: 'roll-back' },
      'Rolling back, wave 2 of 3: a and b',
    ],
    [
      { kind: 'soaking', stage: 0, untilMs: NOW.getTime() + 30_000 },
      {},
      'It is up; watching it for 2 s',
    ],
    [
      { kind: 'soaking', stage: 0, untilMs: NOW.getTime() + 30_000 },
      { wave: 2, waves: 3 },
      'Wave 2 of 3 is up; watching it for 2 s before wave 3',
    ],
    [
      { kind: 'soaking', stage: 0, untilMs: NOW.getTime() + 30_000 },
      { wave: 3, waves: 3 },
      'Wave 3 of 3 is up; watching it for 2 s',
    ],
    [
      { kind: 'paused' },
      {},
      'Paused: 2 of 3 clusters have release 8. Resume to continue',
    ],
    [
      { kind: 'paused' },
      { reached: 1, clusters: 1 },
      'Paused: 1 of 1 cluster has release 8. Resume to continue',
    ],
    [
      {
        kind: 'halted',
        because: { cluster: 'a', why: 'it crashes', failures: 1, allowed: 0 },
      },
      {},
      'Halted at a: it crashes. 1 failed, none may; nothing new starts',
    ],
    [
      {
        kind: 'halted',
        because: { cluster: 'a', why: 'it crashes', failures: 3, allowed: 2 },
      },
      {},
      'Halted at a: it crashes. 3 failed, at most 2 may; nothing new starts',
    ],
    [
      { kind: 'waiting-for-clusters', deferred: ['a', 'b', 'c'] },
      {},
      'Waiting for a, b and c, which cannot be reached; everything else is done',
    ],
    [
      { kind: 'waiting-for-clusters', deferred: ['a'] },
      { isMoreToDo: true, waves: 2 },
      'Waiting for a, which cannot be reached; the next wave starts when one of them runs well',
    ],
    [
      { kind: 'aborted' },
      {},
      'Aborted: 2 of 3 clusters have release 8. Roll back, or promote another release',
    ],
    [{ kind: 'done' }, {}, 'Rolled out everywhere'],
    [
      { kind: 'done' },
      { purpose: 'roll-back', failed: ['a'] },
      'Rolled back except on a, where it failed',
    ],
  ])('$kind', (phase, over, expected) => {
    expect(describePhase(phase, facts(over))).toBe(expected);
  });

  it('knows no other phase', () => {
    const nonsense = { kind: 'asleep' } as unknown as RolloutPhase;
    expect(() => describePhase(nonsense, facts())).toThrow('asleep');
  });
});

describe('joinWords', () => {
  it.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c', 'd', 'e'], 'a, b, c, d and e'],
    [['a', 'b', 'c', 'd', 'e', 'f'], 'a, b, c, d and 2 more'],
  ])('%s', (words, expected) => {
    expect(joinWords(words)).toBe(expected);
  });
});
