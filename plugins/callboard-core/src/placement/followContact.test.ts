import type {
  PlacementDecision,
  PlacementReason,
  PlacementVerdict,
} from '@callboard/plugin-callboard-common';
import { followContact } from './followContact';
import type { Contact } from './rules/reachable';
import { describePlacementReason } from './sentences';

const NOW = new Date('2026-11-20T12:00:00Z');
const STAYS: PlacementReason = { rule: 'stay-put', facts: {} };
const SILENT: PlacementReason = {
  rule: 'unreachable-tolerated',
  facts: { freshness: 'stale', observedAt: '2026-11-20T09:00:00Z' },
};
const LEAVING: PlacementReason = {
  rule: 'stays-until-replaced',
  facts: { because: 'silent', observedAt: '2026-11-20T09:00:00Z' },
};
const live: Contact = { freshness: 'live' };
const lost: Contact = {
  freshness: 'unreachable',
  observedAt: '2026-11-20T11:58:00Z',
};

function say(
  reasons: PlacementReason[],
  contact: Contact | undefined,
  {
    verdict = 'chosen',
    failoverAfterSeconds,
  }: {
    verdict?: PlacementVerdict['verdict'];
    failoverAfterSeconds?: number;
  } = {},
): string[] {
  const decision: PlacementDecision = {
    satisfied: true,
    chosen: ['eu-1'],
    notes: [],
    verdicts: [{ cluster: 'eu-1', verdict, reasons }],
  };
  const followed = followContact(decision, {
    contactOf: () => contact,
    failoverAfterSeconds,
    now: NOW,
  });
  return followed.verdicts[0].reasons.map(describePlacementReason);
}

const PUT = 'Already runs here and stays';
const SINCE =
  'No contact since 20 Nov 2026, 11:58:00 UTC; what runs there stays';

describe('followContact', () => {
  it.each([
    ['it is back', say([STAYS, SILENT], live), [PUT]],
    ['it fell silent since then', say([STAYS], lost), [PUT, SINCE]],
    [
      'it is silent again, for so long',
      say([STAYS, SILENT], lost, { failoverAfterSeconds: 900 }),
      [PUT, `${SINCE} for 15 min`],
    ],
    [
      'its time is over, and what moves is decided in a moment',
      say([STAYS, SILENT], lost, { failoverAfterSeconds: 60 }),
      [PUT],
    ],
    ['nothing is to be said of it', say([STAYS, SILENT], undefined), [PUT]],
    [
      'it waits to leave, which says more',
      say([LEAVING], lost),
      [
        'No contact since 20 Nov 2026, 09:00:00 UTC; what runs there stays until another cluster takes it',
      ],
    ],
    ['nothing runs there', say([], lost, { verdict: 'spare' }), []],
  ])('%s', (_, said, expected) => {
    expect(said).toEqual(expected);
  });
});
