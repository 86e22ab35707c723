import { one, progressive, RolloutStory } from '../__testUtils__/RolloutStory';
import type { Hold } from '../changes';

const frozen: Hold = {
  kind: 'freeze',
  why: 'the year is closed',
  untilMs: Date.UTC(2100, 0, 4, 8),
  timeZone: 'Europe/Berlin',
  allowsRollbacks: true,
};

describe('a rollout and the calendar of changes', () => {
  it('finishes what is under way, starts nothing in a freeze, and goes on after it', () => {
    const story = new RolloutStory(progressive, one('a', 'b'));
    story.take({ kind: 'calendar', hold: frozen });
    expect(story.phase()).toBe('Rolling out, wave 1 of 2: a');
    story.sees('a', 'Succeeded');
    expect(story.waits(60)).toEqual(['wake in 3600', 'notify held']);
    expect(story.phase()).toBe(
      'Frozen (the year is closed), goes on at Mon 4 January 2100, 09:00 (Europe/Berlin): 1 of 2 clusters has release v2',
    );
    expect(story.waves()).toEqual(['a:done', 'b:to-apply']);
    expect(story.waits(3600)).toEqual(['wake in 3600']);
    expect(story.take({ kind: 'calendar' })).toContain('apply b v2');
  });

  it('goes back in a freeze only where that is allowed', () => {
    for (const allowsRollbacks of [true, false]) {
      const story = new RolloutStory(progressive, one('a', 'b'));
      story.take({ kind: 'roll-back', revision: 'v1' });
      const next = new RolloutStory(progressive, one('a', 'b'));
      next.take({ kind: 'calendar', hold: { ...frozen, allowsRollbacks } });
      next.take({ kind: 'pause' });
      next.take({ kind: 'roll-back', revision: 'v1' });
      next.take({ kind: 'calendar', hold: { ...frozen, allowsRollbacks } });
      expect(next.phase()).toMatch(
        allowsRollbacks ? /^Rolling back: a/ : /^Frozen/,
      );
    }
  });
});
