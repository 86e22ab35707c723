import { listRolloutActions } from './listActions';
import { readStrategy } from './ocm';
import { advanceRollout, startRollout } from './stepRollout';
import type { Rollout, RolloutEvent } from './types';
import { versionOfRollout } from './versionOfRollout';

const NOW = new Date('2026-11-20T12:00:00Z');
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
const OF = { release: 2, before: 1, startedAt: NOW };

const sees = (cluster: string): RolloutEvent => ({
  kind: 'observed',
  cluster,
  revision: '2',
  status: 'Succeeded',
});

function start(): Rollout {
  const strategy = readStrategy({
    type: 'Progressive',
    progressive: { maxConcurrency: 1, minSuccessTime: '10s' },
  });
  if (!strategy.ok) throw new Error(strategy.problem.why);
  const groups = [{ name: '', clusters: ['a', 'b'] }];
  return startRollout({ revision: '2', strategy: strategy.value, groups }, NOW)
    .rollout;
}

const versionAt = (rollout: Rollout, now: Date, of = OF) =>
  versionOfRollout(rollout, of, listRolloutActions(rollout, of, now));

describe('versionOfRollout', () => {
  const begun = start();
  const soaking = advanceRollout(begun, [sees('a')], later(5)).rollout;
  const next = advanceRollout(soaking, [], later(15)).rollout;
  const first = versionAt(begun, NOW);

  it('stays while no action would do anything else', () => {
    expect(first).toMatch(/^[0-9a-f]{16}$/);
    expect(versionAt(soaking, later(14))).toBe(first);
  });

  it.each<[string, string]>([
    ['the next cluster has its turn', versionAt(next, later(15))],
    [
      'it is paused',
      versionAt(
        advanceRollout(begun, [{ kind: 'pause' }], later(1)).rollout,
        later(1),
      ),
    ],
    [
      'it is another one',
      versionAt(begun, NOW, { ...OF, startedAt: later(1) }),
    ],
    ['there is another way back', versionAt(begun, NOW, { ...OF, before: 0 })],
  ])('changes when %s', (_, version) => {
    expect(version).not.toBe(first);
  });
});
