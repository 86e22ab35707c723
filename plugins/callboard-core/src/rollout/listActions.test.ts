import { readStrategy } from './ocm';
import { describeOffers, listRolloutActions } from './listActions';
import { startRollout, stepRollout } from './stepRollout';
import type { Rollout, RolloutEvent } from './types';

const NOW = new Date('2026-11-20T12:00:00Z');

/** A rollout over these clusters, one at a time, after these events. */
function rollout(clusters: string[], ...events: RolloutEvent[]): Rollout {
  const strategy = readStrategy({
    type: 'Progressive',
    progressive: { maxConcurrency: 1 },
  });
  if (!strategy.ok) throw new Error(strategy.problem.why);
  const started = startRollout(
    {
      revision: 'v2',
      strategy: strategy.value,
      groups: [{ name: '', clusters }],
    },
    NOW,
  );
  return events.reduce(
    (state, event) => stepRollout(state, event, NOW).rollout,
    started.rollout,
  );
}

const sees = (
  cluster: string,
  status: 'Progressing' | 'Succeeded' | 'Failed',
): RolloutEvent => ({
  kind: 'observed',
  cluster,
  revision: 'v2',
  status,
  ...(status === 'Failed' && { why: 'it crashes' }),
});

/** `action: what it does`, line by line. */
function say(of: Rollout, before: number | undefined = 1): string[] {
  return listRolloutActions(of, { release: 2, before }, NOW).map(
    ({ action, does }) => `${action}: ${does}`,
  );
}

describe('listRolloutActions', () => {
  it.each<[string, Rollout, number | undefined, string[]]>([
    [
      'under way, two still to come',
      rollout(['a', 'b', 'c']),
      1,
      [
        'pause: Nothing new starts until someone resumes it: a stays on release 2; b and c stay on release 1.',
        'rollback: a rolls back to release 1, all at once; b and c never left it.',
        'abort: Stop here. a stays on release 2; b and c stay on release 1. It cannot be resumed, only rolled back or replaced by another release.',
      ],
    ],
    [
      'under way with the first release: nothing to go back to',
      rollout(['a', 'b', 'c']),
      undefined,
      [
        'pause: Nothing new starts until someone resumes it: a stays on release 2; b and c wait.',
        'abort: Stop here. a stays on release 2; b and c wait. It cannot be resumed, only rolled back or replaced by another release.',
      ],
    ],
    [
      'under way with the first release, one to come',
      rollout(['a', 'b']),
      undefined,
      [
        'pause: Nothing new starts until someone resumes it: a stays on release 2; b waits.',
        'abort: Stop here. a stays on release 2; b waits. It cannot be resumed, only rolled back or replaced by another release.',
      ],
    ],
    [
      'at its last cluster',
      rollout(['a', 'b'], sees('a', 'Succeeded')),
      1,
      [
        'pause: Nothing new starts until someone resumes it: a and b stay on release 2.',
        'rollback: a and b roll back to release 1, all at once.',
        'abort: Stop here. a and b stay on release 2. It cannot be resumed, only rolled back or replaced by another release.',
      ],
    ],
    [
      'before it reached anything',
      rollout(['a'], { kind: 'lost', cluster: 'a' }),
      1,
      [
        'pause: Nothing new starts until someone resumes it: a stays on release 2.',
        'rollback: a rolls back to release 1, all at once.',
        'abort: Stop here. a stays on release 2. It cannot be resumed, only rolled back or replaced by another release.',
      ],
    ],
    [
      'paused',
      rollout(['a', 'b'], { kind: 'pause' }),
      1,
      [
        'resume: It continues wave by wave; b comes next.',
        'rollback: a rolls back to release 1, all at once; b never left it.',
        'abort: Stop here. a stays on release 2; b stays on release 1. It cannot be resumed, only rolled back or replaced by another release.',
      ],
    ],
    [
      'paused with several to come',
      rollout(['a', 'b', 'c'], { kind: 'pause' }),
      undefined,
      [
        'resume: It continues wave by wave; b and c come next.',
        'abort: Stop here. a stays on release 2; b and c wait. It cannot be resumed, only rolled back or replaced by another release.',
      ],
    ],
    [
      'paused at its last cluster',
      rollout(['a'], { kind: 'pause' }),
      undefined,
      [
        'resume: It continues where it was paused.',
        'abort: Stop here. a stays on release 2. It cannot be resumed, only rolled back or replaced by another release.',
      ],
    ],
    [
      'halted: going back is offered first',
      rollout(['a', 'b'], sees('a', 'Failed')),
      1,
      [
        'rollback: a rolls back to release 1, all at once; b never left it.',
        'resume: a is checked again, and the rollout continues if release 2 turns healthy there. If it does not, it halts again.',
        'abort: Stop here. a stays on release 2; b stays on release 1. It cannot be resumed, only rolled back or replaced by another release.',
      ],
    ],
    [
      'done',
      rollout(['a'], sees('a', 'Succeeded')),
      1,
      ['rollback: a rolls back to release 1, all at once.'],
    ],
    [
      'done with the first release',
      rollout(['a'], sees('a', 'Succeeded')),
      undefined,
      [],
    ],
    [
      'aborted',
      rollout(['a', 'b'], { kind: 'abort' }),
      1,
      ['rollback: a rolls back to release 1, all at once; b never left it.'],
    ],
    [
      'rolling back: it ends by itself',
      rollout(['a', 'b'], { kind: 'roll-back', revision: 'v1' }),
      1,
      [],
    ],
  ])('%s', (_, of, before, expected) => {
    expect(
      before === undefined
        ? listRolloutActions(of, { release: 2 }, NOW).map(
            ({ action, does }) => `${action}: ${does}`,
          )
        : say(of, before),
    ).toEqual(expected);
  });

  it('says that nothing was reached where it started nowhere', () => {
    const of = { ...rollout(['a', 'b']), updated: [] };
    expect(say(of)[1]).toBe(
      'rollback: Release 1 stays everywhere; release 2 reached no cluster.',
    );
    expect(say(of)[0]).toBe(
      'pause: Nothing new starts until someone resumes it: a and b stay on release 1.',
    );
  });
});

describe('describeOffers', () => {
  it.each<[string, Rollout, string]>([
    [
      'under way',
      rollout(['a', 'b']),
      'You can pause it, roll back to release 1 or abort it',
    ],
    [
      'done',
      rollout(['a'], sees('a', 'Succeeded')),
      'You can roll back to release 1',
    ],
    [
      'on its way back',
      rollout(['a'], { kind: 'roll-back', revision: 'v1' }),
      'Promote another release',
    ],
  ])('%s', (_, of, expected) => {
    const offers = listRolloutActions(of, { release: 2, before: 1 }, NOW);
    expect(describeOffers(offers, { before: 1 })).toBe(expected);
  });
});
