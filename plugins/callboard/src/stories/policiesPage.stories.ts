import { failing, fixtureApi, waiting } from './fixtureApi';
import { policies } from './policyFixtures';
import type { Story } from './Story';

const address = '/callboard/policies';

export const policiesPageStories: Story[] = [
  {
    name: 'loading has the shape of what comes',
    address,
    api: fixtureApi({ listPolicies: waiting, listExceptions: waiting }),
    shows: ['Policies', 'Loading'],
    hides: ['The platform has no policies.'],
  },
  {
    name: 'failed says what, why and next',
    address,
    api: fixtureApi({ listPolicies: () => failing() }),
    shows: ['Cannot read the record', 'Try again'],
  },
  {
    name: 'no policy yet says how to begin',
    address,
    api: fixtureApi({
      listPolicies: async () => policies([]),
      listExceptions: async () => [],
    }),
    shows: [
      'The platform has no policies.',
      'How to begin',
      /No exceptions: every policy holds/,
    ],
  },
  {
    name: 'what violates them, and what may',
    address,
    api: fixtureApi(),
    shows: [
      '2 policies: what runs has 1 violation of those that deny.',
      'Denies',
      'Audit',
      /checkout in prod, release 42: A service opens a port of every node \(Service web\) \(and 1 more fault\)/,
      /Excepted for 3 days/,
      'ledger/prod',
      'It moves to a route with release 8',
    ],
  },
  {
    name: 'some of what runs is still being judged',
    address,
    api: fixtureApi({ listPolicies: async () => policies(undefined, 3) }),
    shows: [/3 deployments are still being judged\./],
  },
  {
    name: 'the past is not shown as if it were now',
    address: `${address}?at=2026-08-20T12:05:00Z`,
    api: fixtureApi(),
    shows: [/Policies are shown as they are now only/],
    hides: ['Denies'],
  },
];
