import { judgeUsage } from './judgeUsage';

const NOW = new Date('2026-11-22T12:00:00Z');
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
const problem = (
  code: 'kind-not-served' | 'cluster-refused' | 'cluster-failing',
) => ({
  code,
  why: 'the server is unable to handle the request',
  next: 'Try again',
});

it.each([
  ['live', { lookedAt: ago(1), measuredAt: ago(1) }],
  ['stale', { lookedAt: ago(4), measuredAt: ago(4) }],
  ['awaited', { lookedAt: ago(1) }],
  ['not-served', { lookedAt: ago(1), problem: problem('kind-not-served') }],
  ['refused', { lookedAt: ago(1), problem: problem('cluster-refused') }],
  [
    'failed',
    {
      lookedAt: ago(1),
      measuredAt: ago(2),
      problem: problem('cluster-failing'),
    },
  ],
])('is %s', (state, facts) => {
  const verdict = judgeUsage(facts, { now: NOW, isRunning: true });
  expect(verdict.state).toBe(state);
  expect(verdict.what === undefined).toBe(state === 'live');
});

it('tells what was not read yet from what does not run', () => {
  expect(judgeUsage(undefined, { now: NOW, isRunning: true }).state).toBe(
    'awaited',
  );
  expect(judgeUsage(undefined, { now: NOW, isRunning: false }).state).toBe(
    'stopped',
  );
});
