import {
  type NotifiedNeed,
  type Watch,
  decideNotifications,
  watchNeeds,
} from './decideNotifications';
import type { AppNeeds, Need } from './Need';

const AFTER_MS = 60_000;
const ANA = 'user:default/ana';

function need(reason: string, given: Partial<Need> = {}): Need {
  return {
    app: 'shop',
    environment: 'prod',
    reason,
    owner: ANA,
    severity: 'normal',
    what: `shop has ${reason}`,
    ...given,
  };
}

function shop(needs: Need[], known = ['', 'prod']): AppNeeds {
  return { app: 'shop', needs, known: new Set(known) };
}

const notified = (
  reason: string,
  given: Partial<NotifiedNeed> = {},
): NotifiedNeed => ({
  app: 'shop',
  environment: 'prod',
  reason,
  owner: ANA,
  what: `shop has ${reason}`,
  ...given,
});

/** What is sent after the app was seen so at these seconds; nothing is remembered as sent meanwhile. */
function noticesAfter(
  sights: Array<[second: number, seen: AppNeeds]>,
  before: NotifiedNeed[] = [],
): string[] {
  let watch: Watch = new Map();
  let last: string[] = [];
  for (const [second, app] of sights) {
    const seen = { apps: [app], notified: before };
    const now = second * 1000;
    watch = watchNeeds(watch, seen, now);
    last = decideNotifications(seen, watch, { now, afterMs: AFTER_MS }).map(
      notice =>
        notice.kind === 'begins'
          ? `${notice.need.reason} begins for ${notice.need.owner}`
          : `${notice.notified.reason} ended for ${notice.notified.owner}`,
    );
  }
  return last;
}

describe('what is sent to owners', () => {
  const CRASH = need('crash-loop');
  it.each([
    {
      name: 'nothing before it lasted long enough',
      sights: [
        [0, shop([CRASH])],
        [59, shop([CRASH])],
      ],
      expected: [],
    },
    {
      name: 'what lasted',
      sights: [
        [0, shop([CRASH])],
        [60, shop([CRASH])],
      ],
      expected: [`crash-loop begins for ${ANA}`],
    },
    {
      name: 'nothing of a flap: its time begins again',
      sights: [
        [0, shop([CRASH])],
        [50, shop([])],
        [55, shop([CRASH])],
        [100, shop([CRASH])],
      ],
      expected: [],
    },
    {
      name: 'nothing twice',
      before: [notified('crash-loop')],
      sights: [
        [0, shop([CRASH])],
        [600, shop([CRASH])],
      ],
      expected: [],
    },
    {
      name: 'that it is over, once that lasted',
      before: [notified('crash-loop')],
      sights: [
        [0, shop([])],
        [60, shop([])],
      ],
      expected: [`crash-loop ended for ${ANA}`],
    },
    {
      name: 'nothing of a short pause of what goes on',
      before: [notified('crash-loop')],
      sights: [
        [0, shop([CRASH])],
        [10, shop([])],
        [30, shop([CRASH])],
        [90, shop([CRASH])],
      ],
      expected: [],
    },
    {
      name: 'not that it is over where a cluster is silent',
      before: [notified('crash-loop')],
      sights: [
        [0, shop([], [''])],
        [600, shop([], [''])],
      ],
      expected: [],
    },
    {
      name: 'a new owner what the one before knows',
      before: [notified('crash-loop', { owner: 'group:default/old' })],
      sights: [
        [0, shop([CRASH])],
        [60, shop([CRASH])],
      ],
      expected: [`crash-loop begins for ${ANA}`],
    },
    {
      name: 'the most severe first and what is over last',
      before: [notified('image-pull')],
      sights: [
        [0, shop([need('a-warning'), need('out', { severity: 'high' })])],
        [60, shop([need('a-warning'), need('out', { severity: 'high' })])],
      ],
      expected: [
        `out begins for ${ANA}`,
        `a-warning begins for ${ANA}`,
        `image-pull ended for ${ANA}`,
      ],
    },
  ] as Array<{
    name: string;
    before?: NotifiedNeed[];
    sights: Array<[number, AppNeeds]>;
    expected: string[];
  }>)('$name', ({ before, sights, expected }) => {
    expect(noticesAfter(sights, before)).toEqual(expected);
  });
});
