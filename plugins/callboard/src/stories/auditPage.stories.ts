import { audit, mixedAudit } from './auditFixtures';
import { failing, fixtureApi, waiting } from './fixtureApi';
import type { Story } from './Story';

const address = '/callboard/audit';
const mixed = fixtureApi({ getAudit: async () => mixedAudit() });

export const auditPageStories: Story[] = [
  {
    name: 'loading has the shape of what comes',
    address,
    api: fixtureApi({ getAudit: waiting }),
    shows: ['Audit', 'Loading'],
    hides: ['No app'],
  },
  {
    name: 'failed says what, why and next',
    address,
    api: fixtureApi({ getAudit: () => failing() }),
    shows: ['Cannot read the record', 'Try again'],
  },
  {
    name: 'nothing is released',
    address,
    api: fixtureApi({ getAudit: async () => audit([]) }),
    shows: ['No app has a release.'],
    hides: ['Search'],
  },
  {
    name: 'everything runs where it should',
    address,
    api: fixtureApi(),
    shows: [
      '2 of 2 apps run where they should.',
      'Development',
      'Production',
      'ap-1, eu-1 · Frankfurt, us-1',
      'none required',
    ],
    hides: ['unknown', 'Missing'],
  },
  {
    name: 'every verdict, what needs a look first',
    address,
    api: mixed,
    shows: [
      /1 of 4 apps run where they should; 1 does not; 1 unknown since \d\d:\d\d; 1 not placed yet\./,
      'Missing on us-1; also on edge-101; without the required blueprint on edge-101',
      /Unknown since \d\d:\d\d: us-1 not observed/,
      'pci: not on edge-101',
      'pci: unknown',
      'Not placed yet',
      /Ledger.*Checkout.*Atlas/,
    ],
  },
  {
    name: 'only what is not as it should be',
    address: `${address}?show=deviations`,
    api: mixed,
    shows: ['Ledger', 'Checkout', 'Search'],
    hides: ['Atlas'],
  },
  {
    name: 'the search finds a cluster',
    address: `${address}?q=edge-101`,
    api: mixed,
    shows: ['Ledger', '1 of 4 apps'],
    hides: ['Atlas', 'Checkout'],
  },
  {
    name: 'as it was',
    address: `${address}?at=2026-08-20T12:05:00Z`,
    api: mixed,
    shows: ['As it was on 20 August 2026', 'As of 20 August 2026'],
  },
];
