import {
  one,
  perGroup,
  progressive,
  RolloutStory,
  START_MS,
} from '../__testUtils__/RolloutStory';
import type { RolloutPhase } from './types';

const tolerant = (rest: object = {}) => ({
  type: 'Progressive',
  progressive: { maxFailures: 1, progressDeadline: '10m', ...rest },
});
const groups = (...names: string[]) =>
  names.map(name => ({ name: `of ${name}`, clusters: [...name] }));

describe('stepRollout takes what happens as it is', () => {
  it('knows why as well as it was told, and since when from the first failure on', () => {
    const story = new RolloutStory(progressive, one('a'));
    story.sees('a', 'Failed');
    expect(story.phase()).toContain('Halted at a: it is not healthy.');
    story.waits(200);
    expect(story.seesFailing('a', 'it runs out of memory')).toEqual([
      'wake in 400',
    ]);
    expect(story.phase()).toContain('Halted at a: it runs out of memory.');
    story.waits(100);
    expect(story.sees('a', 'Failed')).toEqual(['wake in 300']);
    expect(story.phase()).toContain('Halted at a: it runs out of memory.');
  });

  it('gives no more time to what says again that it progresses', () => {
    const story = new RolloutStory(progressive, one('a'));
    story.waits(200);
    expect(story.sees('a', 'Progressing')).toEqual(['wake in 400']);
  });

  it('gives all its time again to what got better and fails again', () => {
    const story = new RolloutStory(progressive, one('a'));
    story.sees('a', 'Failed');
    story.waits(200);
    expect(story.sees('a', 'Progressing')).toEqual(['wake in 600']);
  });

  it('soaks no longer for being seen again', () => {
    const story = new RolloutStory(progressive, one('a'));
    story.sees('a', 'Succeeded');
    story.waits(20);
    expect(story.sees('a', 'Succeeded')).toEqual(['wake in 40']);
    expect(story.waits(40)).toEqual(['notify done']);
  });

  it('looks again when the first of several deadlines is over', () => {
    const story = new RolloutStory(
      tolerant({ progressDeadline: '10m' }),
      one('a', 'b'),
    );
    story.take({ kind: 'lost', cluster: 'a' });
    story.waits(200);
    expect(story.take({ kind: 'reached', cluster: 'a' })).toEqual([
      'apply a v2',
      'wake in 400',
    ]);
  });

  it('looks again when a soak ends before the deadline of another', () => {
    const story = new RolloutStory(
      tolerant({ minSuccessTime: '60s' }),
      one('a', 'b'),
    );
    expect(story.sees('a', 'Succeeded')).toEqual(['wake in 60']);
  });

  it('tells of a halt again when another cluster causes it', () => {
    const story = new RolloutStory(tolerant(), one('a', 'b', 'c'));
    story.sees('b', 'Failed');
    story.waits(1);
    expect(story.sees('c', 'Failed')).toContain('notify halted');
    expect(story.phase()).toContain('Halted at c: ');
    story.waits(1);
    expect(story.sees('a', 'Failed')).toContain('notify halted');
    expect(story.phase()).toContain('Halted at a: ');
    story.sees('a', 'Succeeded');
    expect(story.phase()).toContain('Halted at c: ');
    expect(story.sees('c', 'Failed')).toEqual(['wake in 598']);
  });

  it('tries again what failed, and leaves alone what did not', () => {
    const story = new RolloutStory(
      { type: 'Progressive', progressive: { minSuccessTime: '60s' } },
      one('a', 'b', 'c'),
    );
    story.sees('a', 'Succeeded');
    story.sees('b', 'Failed');
    expect(story.take({ kind: 'resume' })).toEqual([
      'apply b v2',
      'wake in 60',
    ]);
    expect(story.waves()).toEqual(['a:soaking b:progressing c:progressing']);
  });

  it('tries nothing again that was tolerated', () => {
    const story = new RolloutStory(tolerant(), one('a', 'b'));
    story.sees('a', 'Failed');
    story.take({ kind: 'pause' });
    expect(story.take({ kind: 'resume' })).toEqual(['wake in 600']);
    expect(story.waves()).toEqual(['a:failed b:progressing']);
  });

  it('starts nothing at a person’s word before it has looked at the clusters', () => {
    const story = new RolloutStory(progressive, one('a', 'b'));
    story.says('pause');
    expect(story.phase()).toContain('Paused: 1 of 2 clusters has release v2');
    story.sees('a', 'Succeeded');
    expect(story.waits(60)).toEqual([]);
    story.says('resume');
    expect(story.waves()).toEqual(['a:done', 'b:to-apply']);
    story.take({ kind: 'lost', cluster: 'b' });
    expect(story.waves()).toEqual(['a:done', 'b:deferred']);
    story.says('abort');
    expect(story.phase()).toContain('Aborted');
  });

  it('defers each cluster by itself, since it was first missed', () => {
    const story = new RolloutStory(progressive, one('a', 'b'));
    story.take({ kind: 'lost', cluster: 'a', sinceMs: START_MS - 5000 });
    story.waits(10);
    story.take({ kind: 'lost', cluster: 'a' });
    story.take({ kind: 'lost', cluster: 'b' });
    expect(story.view().waves.flatMap(({ cells }) => cells)).toEqual([
      { cluster: 'a', cell: { kind: 'deferred', sinceMs: START_MS - 5000 } },
      { cluster: 'b', cell: { kind: 'deferred', sinceMs: START_MS + 10_000 } },
    ]);
    story.take({ kind: 'reached', cluster: 'b' });
    expect(story.waves()).toEqual(['a:deferred', 'b:progressing']);
  });

  it('believes what was seen before a cluster was lost', () => {
    const story = new RolloutStory(
      tolerant({ maxFailures: 2 }),
      one('a', 'b', 'c'),
    );
    story.sees('a', 'Succeeded');
    story.sees('b', 'Failed');
    story.take({ kind: 'lost', cluster: 'a' });
    story.take({ kind: 'lost', cluster: 'b' });
    expect(story.waves()).toEqual(['a:done b:failed c:progressing']);
    story.waits(600);
    expect(story.waves()).toEqual(['a:done b:timed-out c:timed-out']);
    expect(story.take({ kind: 'reached', cluster: 'a' })).toEqual([]);
  });

  it('forgets what is no longer placed, and starts again where it is placed again', () => {
    const story = new RolloutStory({ type: 'All' }, one('a', 'b'));
    story.sees('a', 'Succeeded');
    story.sees('b', 'Succeeded');
    story.take({ kind: 'placed', groups: one('b') });
    expect(story.take({ kind: 'placed', groups: one('a', 'b') })).toEqual([
      'apply a v2',
    ]);
    expect(story.waves()).toEqual(['a:progressing b:done']);
  });

  it('rolls back only where it is placed, and twice if need be', () => {
    const story = new RolloutStory({ type: 'All' }, one('a', 'b', 'c'));
    story.take({ kind: 'placed', groups: one('b', 'c') });
    const { revision, purpose } = story.view();
    expect([revision, purpose]).toEqual(['v2', 'roll-out']);
    expect(story.take({ kind: 'roll-back', revision: 'v1' })).toEqual([
      'apply b v1',
      'apply c v1',
    ]);
    const after = story.view();
    expect([after.revision, after.purpose]).toEqual(['v1', 'roll-back']);
    expect(story.sees('c', 'Failed', 'v1')).toEqual([]);
    expect(story.sees('b', 'Succeeded', 'v1')).toEqual(['notify done']);
    expect(story.phase()).toBe('Rolled back except on c, where it failed');
    expect(story.take({ kind: 'roll-back', revision: 'v0' })).toEqual([
      'apply b v0',
      'apply c v0',
    ]);
  });

  it.each([
    ['failed', 0],
    ['timed-out', 600],
  ])(
    'passes a group of which all %s, when that is tolerated',
    (kind, after) => {
      const story = new RolloutStory(
        perGroup({ maxFailures: 1, progressDeadline: '10m' }),
        groups('a', 'b'),
      );
      story.take({ kind: 'lost', cluster: 'b' });
      story.waits(after);
      if (after === 0) story.sees('a', 'Failed');
      expect(story.waves()).toEqual([`a:${kind}`, 'b:deferred']);
      expect(story.take({ kind: 'reached', cluster: 'b' })).toContain(
        'apply b v2',
      );
    },
  );
});

describe('the phase of a rollout', () => {
  const phaseAfter = (
    strategy: object,
    clusters: string[],
    happens: (story: RolloutStory) => void,
  ) => {
    const story = new RolloutStory(strategy, groups(...clusters));
    happens(story);
    return story.view().phase;
  };

  it.each<
    [string, object, string[], (story: RolloutStory) => void, RolloutPhase]
  >([
    [
      'is at the second group when the first is done',
      perGroup(),
      ['a', 'bc'],
      story => story.sees('a', 'Succeeded'),
      { kind: 'applying', stage: 1, clusters: ['b', 'c'] },
    ],
    [
      'soaks until the last one has',
      perGroup({ minSuccessTime: '60s' }),
      ['ab'],
      story => {
        story.sees('b', 'Succeeded');
        story.waits(5);
        story.sees('a', 'Succeeded');
      },
      { kind: 'soaking', stage: 0, untilMs: START_MS + 65_000 },
    ],
    [
      'is not over while a tolerated failure holds the place of another',
      tolerant({ maxConcurrency: 1 }),
      ['ab'],
      story => story.sees('a', 'Failed'),
      { kind: 'applying', stage: 0, clusters: ['a'] },
    ],
    [
      'waits for those of a group of which nobody was reached',
      perGroup(),
      ['ab', 'c'],
      story => {
        story.take({ kind: 'lost', cluster: 'a' });
        story.take({ kind: 'lost', cluster: 'b' });
      },
      { kind: 'waiting-for-clusters', deferred: ['a', 'b'] },
    ],
    [
      'is halted by the latest failure',
      tolerant(),
      ['abc'],
      story => {
        for (const cluster of ['a', 'c', 'b']) {
          story.seesFailing(cluster, `${cluster} crashes`);
          story.waits(1);
        }
      },
      {
        kind: 'halted',
        because: {
          cluster: 'b',
          why: 'b crashes',
          failures: 3,
          allowed: 1,
        },
      },
    ],
  ])('%s', (_, strategy, clusters, happens, expected) => {
    expect(phaseAfter(strategy, clusters, happens)).toEqual(expected);
  });
});
