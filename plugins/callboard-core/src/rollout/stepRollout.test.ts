import {
  one,
  perGroup,
  progressive,
  RolloutStory,
} from '../__testUtils__/RolloutStory';

describe('stepRollout', () => {
  it('starts a wave only after the one before was observed on the new revision and soaked', () => {
    const story = new RolloutStory(progressive, one('b', 'a'));
    expect(story.effects()).toEqual(['apply a v2', 'wake in 600']);
    expect(story.sees('a', 'Progressing')).toEqual(['wake in 600']);
    expect(story.sees('a', 'Succeeded')).toEqual(['wake in 60']);
    expect(story.phase()).toBe(
      'Wave 1 of 2 is up; watching it for 1 min before wave 2',
    );
    expect(story.waits(59)).toEqual(['wake in 1']);
    expect(story.waits(1)).toEqual(['apply b v2', 'wake in 600']);
    expect(story.waves()).toEqual(['a:done', 'b:progressing']);
    story.sees('b', 'Succeeded');
    expect(story.waits(60)).toEqual(['notify done']);
    expect(story.phase()).toBe('Rolled out everywhere');
  });

  it('takes no late status of the revision before for the new one', () => {
    const story = new RolloutStory(progressive, one('a', 'b'));
    story.sees('a', 'Succeeded', 'v1');
    story.sees('a', 'Failed', 'v1');
    story.waits(120);
    expect(story.phase()).toBe('Rolling out, wave 1 of 2: a');
    expect(story.waves()).toEqual(['a:progressing', 'b:to-apply']);
  });

  it('halts at the cluster that caused it, and goes on when it recovers', () => {
    const story = new RolloutStory(progressive, one('a', 'b'));
    expect(
      story.take({
        kind: 'observed',
        cluster: 'a',
        revision: 'v2',
        status: 'Failed',
        why: 'it ends with exit code 3',
      }),
    ).toEqual(['wake in 600', 'notify halted']);
    expect(story.phase()).toBe(
      'Halted at a: it ends with exit code 3. 1 failed, none may; nothing new starts',
    );
    expect(story.sees('a', 'Failed')).toEqual(['wake in 600']);
    expect(story.sees('a', 'Succeeded')).toEqual(['wake in 60']);
    expect(story.waits(60)).toContain('apply b v2');
  });

  it('halts at a cluster that is not healthy in time, and tries again when someone resumes it', () => {
    const story = new RolloutStory(progressive, one('a', 'b'));
    expect(story.waits(600)).toEqual(['notify halted']);
    expect(story.phase()).toContain(
      'Halted at a: it did not become healthy in time',
    );
    expect(story.sees('a', 'Progressing')).toEqual([]);
    expect(story.sees('a', 'Failed')).toEqual([]);
    expect(story.take({ kind: 'resume' })).toEqual([
      'apply a v2',
      'wake in 600',
    ]);
  });

  it('tolerates as many failures as are allowed, by default none', () => {
    const story = new RolloutStory(
      {
        type: 'Progressive',
        progressive: { maxFailures: '50%', maxConcurrency: 2 },
      },
      one('a', 'b', 'c'),
    );
    expect(story.sees('a', 'Failed')).toEqual([]);
    expect(story.sees('b', 'Succeeded')).toEqual(['apply c v2']);
    expect(story.sees('c', 'Failed')).toEqual(['notify done']);
    expect(story.sees('b', 'Failed')).toEqual(['notify halted']);
  });

  it('rolls mandatory groups out first and without a failure', () => {
    const strategy = {
      type: 'Progressive',
      progressive: {
        maxFailures: 9,
        mandatoryDecisionGroups: [{ groupName: 'canary' }, { groupIndex: 2 }],
      },
    };
    const story = new RolloutStory(strategy, [
      { name: 'rest', clusters: ['a', 'b'] },
      { name: 'canary', clusters: ['c'] },
      { name: 'early', clusters: ['e'] },
    ]);
    expect(story.effects()).toEqual(['apply c v2']);
    expect(story.sees('c', 'Succeeded')).toEqual(['apply e v2']);
    expect(story.sees('e', 'Failed')).toEqual(['notify halted']);
    expect(story.sees('e', 'Succeeded')).toEqual(['apply a v2', 'apply b v2']);
    expect(story.waves()).toEqual([
      'c:done',
      'e:done',
      'a:progressing b:progressing',
    ]);
  });

  it('goes group by group, and waits for one that timed out beside one that is under way', () => {
    const story = new RolloutStory(
      perGroup({ maxFailures: 1, progressDeadline: '10m' }),
      [
        { name: 'one', clusters: ['a', 'b'] },
        { name: 'two', clusters: ['c'] },
      ],
    );
    expect(story.effects()).toEqual([
      'apply a v2',
      'apply b v2',
      'wake in 600',
    ]);
    story.waits(300);
    story.sees('b', 'Failed');
    story.sees('b', 'Progressing');
    expect(story.waits(300)).toEqual(['wake in 300']);
    expect(story.waves()).toEqual(['a:timed-out b:progressing', 'c:to-apply']);
    expect(story.sees('b', 'Succeeded')).toEqual(['apply c v2', 'wake in 600']);
  });

  it('defers what cannot be reached and takes it up when it returns', () => {
    const story = new RolloutStory(progressive, one('a', 'b'));
    expect(story.take({ kind: 'lost', cluster: 'a' })).toEqual([
      'apply b v2',
      'wake in 600',
    ]);
    story.take({ kind: 'lost', cluster: 'a' });
    expect(story.sees('a', 'Succeeded')).toEqual(['wake in 600']);
    story.sees('b', 'Succeeded');
    expect(story.waits(60)).toEqual(['notify waiting-for-clusters']);
    expect(story.phase()).toBe(
      'Waiting for a, which cannot be reached; everything else is done',
    );
    expect(story.waves()).toEqual(['a:deferred', 'b:done']);
    expect(story.take({ kind: 'reached', cluster: 'a' })).toEqual([
      'apply a v2',
      'wake in 600',
    ]);
  });

  it('starts the soak again when a cluster was not seen during it', () => {
    const story = new RolloutStory(progressive, one('a', 'b'));
    story.sees('a', 'Succeeded');
    story.take({ kind: 'lost', cluster: 'a' });
    expect(story.waves()[0]).toBe('a:deferred');
    story.take({ kind: 'lost', cluster: 'b' });
    expect(story.take({ kind: 'reached', cluster: 'a' })).toContain(
      'apply a v2',
    );
  });

  it('does not pass a group of which nobody was reached', () => {
    const story = new RolloutStory(perGroup(), [
      { name: 'one', clusters: ['a'] },
      { name: 'two', clusters: ['c'] },
    ]);
    expect(story.take({ kind: 'lost', cluster: 'a' })).toEqual([
      'notify waiting-for-clusters',
    ]);
    expect(story.waves()).toEqual(['a:deferred', 'c:to-apply']);
    expect(story.phase()).toBe(
      'Waiting for a, which cannot be reached; the next wave starts when one of them runs well',
    );
    expect(
      story.take({ kind: 'skip', cluster: 'a', why: 'it is being replaced' }),
    ).toEqual(['apply c v2']);
    story.take({ kind: 'reached', cluster: 'a' });
    for (const status of ['Progressing', 'Failed', 'Succeeded'] as const)
      expect(story.sees('a', status)).toEqual([]);
    expect(story.waves()).toEqual(['a:skipped', 'c:progressing']);
  });

  it('pauses, resumes and aborts', () => {
    const story = new RolloutStory(progressive, one('a', 'b'));
    story.take({ kind: 'pause' });
    expect(story.phase()).toContain('Paused');
    story.sees('a', 'Succeeded');
    expect(story.waits(60)).toEqual([]);
    expect(story.take({ kind: 'resume' })).toEqual([
      'apply b v2',
      'wake in 600',
    ]);
    expect(story.take({ kind: 'abort' })).toEqual(['notify aborted']);
    story.take({ kind: 'pause' });
    expect(story.take({ kind: 'resume' })).toEqual([]);
    expect(story.phase()).toContain('Aborted');
  });

  it('rolls back what was updated, and nothing else', () => {
    const story = new RolloutStory(progressive, one('a', 'b', 'c'));
    story.sees('a', 'Succeeded');
    story.waits(60);
    story.sees('b', 'Failed');
    expect(story.take({ kind: 'roll-back', revision: 'v1' })).toEqual([
      'apply a v1',
      'apply b v1',
      'wake in 600',
    ]);
    expect(story.phase()).toBe('Rolling back: a and b');
    story.sees('a', 'Succeeded', 'v2');
    expect(story.waves()).toEqual(['a:progressing b:progressing']);
    story.sees('a', 'Succeeded', 'v1');
    expect(story.sees('b', 'Succeeded', 'v1')).toEqual(['notify done']);
    expect(story.phase()).toBe('Rolled back everywhere');
  });

  it('follows the placement', () => {
    const story = new RolloutStory({ type: 'All' }, one('a', 'b'));
    story.sees('a', 'Succeeded');
    expect(story.take({ kind: 'placed', groups: one('a', 'c') })).toEqual([
      'apply c v2',
    ]);
    expect(story.waves()).toEqual(['a:done c:progressing']);
    expect(story.sees('b', 'Succeeded')).toEqual([]);
  });

  it('is done at once with nothing to do', () => {
    expect(new RolloutStory({ type: 'All' }, []).phase()).toBe(
      'Rolled out everywhere',
    );
  });

  it('names few clusters of many', () => {
    const clusters = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    expect(new RolloutStory({ type: 'All' }, one(...clusters)).phase()).toBe(
      'Rolling out: a, b, c, d and 3 more',
    );
    expect(new RolloutStory({ type: 'All' }, one('a')).phase()).toBe(
      'Rolling out: a',
    );
  });
});
