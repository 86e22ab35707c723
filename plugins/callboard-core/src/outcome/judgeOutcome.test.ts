import { isBadOutcome } from './describeOutcome';
import { type ReleaseStay, judgeOutcome } from './judgeOutcome';

const stay = (over: Partial<ReleaseStay> = {}): ReleaseStay => ({
  environment: 'prod',
  title: 'Production',
  release: 3,
  healthyOn: ['us-1', 'eu-1'],
  ...over,
});

const next = (release: number) => ({
  release,
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
      stay({ next: next(2) }),
      'rolled-back, bad',
      'In Production: ran healthy on eu-1 and us-1, rolled back to release 2',
    ],
    [
      stay({ healthyOn: [], next: next(2) }),
      'rolled-back, bad',
      'In Production: never healthy, rolled back to release 2',
    ],
  ])('%#: %j', (given, kind, sentence) => {
    const outcome = judgeOutcome(given);
    expect(`${outcome.kind}${isBadOutcome(outcome) ? ', bad' : ''}`).toBe(kind);
    expect(outcome.sentence).toBe(sentence);
  });
});
