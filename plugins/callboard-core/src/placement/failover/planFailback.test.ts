import { type FailbackInput, planFailback } from './planFailback';

const NOW = new Date('2026-11-20T12:00:00Z');
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);
const limits = { steadySeconds: 300, moves: 2, intervalSeconds: 60 };

function question(over: Partial<FailbackInput> = {}): FailbackInput {
  return {
    away: ['d', 'c', 'b', 'a'].map(key => ({
      key,
      cluster: 'eu-1',
      since: ago(900),
    })),
    steadySince: new Map([['eu-1', ago(300)]]),
    recent: [],
    limits,
    ...over,
  };
}

/** `a b, again in 60` */
function say(over: Partial<FailbackInput>): string {
  const { comesBack, nextAt } = planFailback(question(over), NOW);
  const keys = comesBack.map(({ key }) => key).join(' ') || 'none';
  return nextAt
    ? `${keys}, again in ${(nextAt.getTime() - NOW.getTime()) / 1000}`
    : keys;
}

describe('planFailback', () => {
  it.each<[string, Partial<FailbackInput>, string]>([
    ['lets as many come as the limit says, by name', {}, 'a b, again in 60'],
    [
      'lets those come first that are away longest',
      {
        away: [
          { key: 'a', cluster: 'eu-1', since: ago(100) },
          { key: 'z', cluster: 'eu-1', since: ago(200) },
          { key: 'm', cluster: 'eu-1', since: ago(150) },
        ],
      },
      'z m, again in 60',
    ],
    [
      'counts those that came lately',
      { recent: [{ cluster: 'eu-1', at: ago(45) }] },
      'a, again in 15',
    ],
    [
      'lets nobody come while the limit is reached, until the first of them is past',
      {
        recent: [
          { cluster: 'eu-1', at: ago(10) },
          { cluster: 'eu-1', at: ago(59) },
          { cluster: 'eu-1', at: ago(20) },
        ],
      },
      'none, again in 1',
    ],
    [
      'forgets those that came an interval ago',
      { recent: [{ cluster: 'eu-1', at: ago(60) }] },
      'a b, again in 60',
    ],
    [
      'counts each cluster for itself',
      { recent: [{ cluster: 'us-1', at: ago(1) }] },
      'a b, again in 60',
    ],
    [
      'waits until the cluster is steady',
      { steadySince: new Map([['eu-1', ago(299)]]) },
      'none, again in 1',
    ],
    [
      'waits for nothing while the cluster is out of contact',
      { steadySince: new Map() },
      'none',
    ],
    [
      'asks no more once all may come',
      { limits: { ...limits, moves: 4 } },
      'a b c d',
    ],
    ['has nothing to do where nobody is away', { away: [] }, 'none'],
    [
      'takes clusters by name, and the soonest time of all',
      {
        away: [
          { key: 'a', cluster: 'us-1', since: ago(900) },
          { key: 'b', cluster: 'eu-1', since: ago(100) },
          { key: 'c', cluster: 'ap-1', since: ago(100) },
          { key: 'd', cluster: 'ap-2', since: ago(100) },
        ],
        steadySince: new Map([
          ['us-1', ago(400)],
          ['eu-1', ago(400)],
          ['ap-1', ago(100)],
          ['ap-2', ago(50)],
        ]),
      },
      'b a, again in 200',
    ],
  ])('%s', (_, over, expected) => {
    expect(say(over)).toBe(expected);
  });
});
