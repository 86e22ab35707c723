import type { ReleaseChange } from '@callboard/plugin-callboard-common';
import { isBadOutcome } from './describeOutcome';
import { type ReleaseStay, judgeOutcome } from './judgeOutcome';

const stay = (over: Partial<ReleaseStay> = {}): ReleaseStay => ({
  environment: 'prod',
  title: 'Production',
  since: new Date('2026-11-20T11:00:00Z'),
  healthyOn: ['us-1', 'eu-1'],
  ...over,
});

const next = (release: number, change: ReleaseChange = 'newer') => ({
  release,
  change,
  by: 'user:default/bo',
  at: new Date('2026-11-20T12:00:00Z'),
});

describe('judgeOutcome', () => {
  it.each<[ReleaseStay, string, string]>([
    [stay(), 'healthy', 'In Production: ran healthy on eu-1 and us-1'],
    [
      stay({ healthyOn: [] }),
      'not-healthy-yet, bad',
      'In Production: not healthy yet',
    ],
    [
      stay({ next: next(4) }),
      'replaced',
      'In Production: ran healthy on eu-1 and us-1, replaced by release 4',
    ],
    [
      stay({ healthyOn: [], next: next(4) }),
      'never-healthy, bad',
      'In Production: never healthy, replaced by release 4',
    ],
    [
      stay({ next: next(2, 'rollback') }),
      'rolled-back, bad',
      'In Production: ran healthy on eu-1 and us-1, rolled back to release 2',
    ],
    [
      stay({ healthyOn: [], next: next(2, 'rollback') }),
      'rolled-back, bad',
      'In Production: never healthy, rolled back to release 2',
    ],
    [
      stay({ next: next(2, 'older') }),
      'replaced',
      'In Production: ran healthy on eu-1 and us-1, replaced by the older release 2',
    ],
    [
      stay({ next: next(9, 'rollback') }),
      'rolled-back, bad',
      'In Production: ran healthy on eu-1 and us-1, rolled back to release 9',
    ],
  ])('%#: %j', (given, kind, sentence) => {
    const outcome = judgeOutcome(given);
    expect(`${outcome.kind}${isBadOutcome(outcome) ? ', bad' : ''}`).toBe(kind);
    expect(outcome.sentence).toBe(sentence);
  });
});
