import { fixtureApi } from './fixtureApi';
import type { Story } from './Story';

/** Pages that can show the past, each with something that only its own present would show. */
const PAGES = [
  { page: 'the fleet', address: '/callboard', present: 'dev-1' },
  { page: 'a cluster', address: '/callboard/clusters/eu-1', present: 'golden' },
  { page: 'the apps', address: '/callboard/apps', present: 'Checkout' },
  { page: 'an app', address: '/callboard/apps/checkout', present: 'Release' },
];

/** What an address asks for that cannot be shown: no page answers with the present. */
export const instantStories: Story[] = PAGES.flatMap(
  ({ page, address, present }) => [
    {
      name: `${page} at an instant that cannot be read`,
      address: `${address}?at=garbage`,
      api: fixtureApi(),
      shows: [
        'The address names no instant',
        '“garbage” cannot be read as an instant',
        'Show now',
      ],
      hides: [present, 'As it was'],
    },
    {
      name: `${page} at an instant to come`,
      address: `${address}?at=2999-01-01T00:00:00Z`,
      api: fixtureApi(),
      shows: ['is in the future', 'Show now'],
      hides: [present, 'As it was'],
    },
    {
      name: `${page} before history began`,
      address: `${address}?at=2019-06-01T00:00:00Z`,
      api: fixtureApi(),
      shows: [
        'Nothing is known of 1 June 2019',
        'keeps history since 1 January 2020',
        'Show the first known instant',
      ],
      hides: [present, 'As it was'],
    },
    {
      name: `${page} at the first known instant`,
      address: `${address}?at=2020-01-01T00:00:00Z`,
      api: fixtureApi(),
      shows: ['As it was on 1 January 2020', present],
    },
  ],
);

const GAP = {
  from: '2026-08-20T12:03:00.000Z',
  to: '2026-08-20T12:40:00.000Z',
  cause: 'stopped',
} as const;

/** An instant at which no portal was running: every page says so, and what it shows instead. */
export const gapStories: Story[] = [
  ...PAGES,
  { page: 'the audit', address: '/callboard/audit', present: 'Atlas' },
].map(({ page, address }) => ({
  name: `${page} at an instant at which no portal was running`,
  address: `${address}?at=2026-08-20T12:20:00Z`,
  api: fixtureApi({
    getHistory: async options => ({
      since: '2020-01-01T00:00:00.000Z',
      ...(options?.at && { gap: { ...GAP, sentence: 'of the API' } }),
    }),
  }),
  shows: [
    'As it was on 20 August 2026',
    /No portal was running from 20 August 2026, \d\d:03 to \d\d:40 \(37 min\); what is shown is the last known state\./,
  ],
}));
