import { readStrategy } from './ocm';
import { advanceRollout, startRollout, stepRollout } from './stepRollout';
import type { RolloutEvent } from './types';
import { viewRollout } from './viewRollout';

const NOW = new Date('2026-11-20T12:00:00Z');

/** The rollout over these clusters after these events, seen so many seconds later. */
function view(
  clusters: string[],
  progressive: object,
  events: RolloutEvent[],
  seconds = 0,
) {
  const strategy = readStrategy({ type: 'Progressive', progressive });
  if (!strategy.ok) throw new Error(strategy.problem.why);
  const started = startRollout(
    {
      revision: 'v2',
      strategy: strategy.value,
      groups: [{ name: '', clusters }],
    },
    NOW,
  );
  const { rollout } = events.reduce(
    (step, event) => stepRollout(step.rollout, event, NOW),
    started,
  );
  const later = new Date(NOW.getTime() + seconds * 1000);
  const { wave, waves, sentence } = viewRollout(
    advanceRollout(rollout, [], later).rollout,
    later,
  );
  const cells = waves.map(each =>
    each.cells.map(({ cluster, cell }) => `${cluster} ${cell.kind}`).join(', '),
  );
  return [`at ${wave}`, ...cells, sentence];
}

const sees = (cluster: string, status: 'Succeeded' | 'Failed') =>
  ({ kind: 'observed', cluster, revision: 'v2', status } as const);
const lost = (cluster: string) => ({ kind: 'lost', cluster } as const);

describe('viewRollout', () => {
  it.each<[string, Parameters<typeof view>, string[]]>([
    [
      'at its first wave',
      [['a', 'b', 'c'], { maxConcurrency: 2 }, []],
      [
        'at 1',
        'a progressing, b progressing',
        'c to-apply',
        'Rolling out, wave 1 of 2: a and b',
      ],
    ],
    [
      'at a wave of which one is begun',
      [
        ['a', 'b', 'c', 'd'],
        { maxConcurrency: 2 },
        [sees('a', 'Succeeded'), lost('d'), sees('b', 'Succeeded')],
      ],
      [
        'at 2',
        'a done, b done',
        'c progressing, d deferred',
        'Rolling out, wave 2 of 2: c',
      ],
    ],
    [
      'what cannot be reached is not begun',
      [['a', 'b'], { maxConcurrency: 1 }, [lost('b'), sees('a', 'Succeeded')]],
      [
        'at 1',
        'a done',
        'b deferred',
        'Waiting for b, which cannot be reached; everything else is done',
      ],
    ],
    [
      'done but for what ran out of time, failed or not',
      [
        ['a', 'b', 'c'],
        { maxFailures: 2, progressDeadline: '1m' },
        [sees('a', 'Failed'), sees('b', 'Succeeded')],
        60,
      ],
      [
        'at 1',
        'a timed-out, b done, c timed-out',
        'Rolled out except on a and c, where it failed',
      ],
    ],
    [
      'done but for what failed',
      [
        ['a', 'b'],
        { maxFailures: 1 },
        [sees('a', 'Failed'), sees('b', 'Succeeded')],
      ],
      ['at 1', 'a failed, b done', 'Rolled out except on a, where it failed'],
    ],
    ['nowhere', [[], {}, []], ['at 0', 'Rolled out everywhere']],
  ])('%s', (_, given, expected) => {
    expect(view(...given)).toEqual(expected);
  });
});
