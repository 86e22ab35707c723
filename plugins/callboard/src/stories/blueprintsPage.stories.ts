import { blueprintsUnderWay, rollout } from './blueprintFixtures';
import { failing, fixtureApi, waiting } from './fixtureApi';
import type { Story } from './Story';

const address = '/callboard/blueprints';
const underWay = fixtureApi({
  listBlueprints: async () => blueprintsUnderWay(),
  getBlueprintRollout: async () => rollout(),
});

export const blueprintsPageStories: Story[] = [
  {
    name: 'loading has the shape of what comes',
    address,
    api: fixtureApi({ listBlueprints: waiting }),
    shows: ['Blueprints', 'Loading'],
    hides: ['The platform has no blueprints.'],
  },
  {
    name: 'failed says what, why and next',
    address,
    api: fixtureApi({ listBlueprints: () => failing() }),
    shows: ['Cannot read the record', 'Try again'],
  },
  {
    name: 'no blueprint yet says how to begin',
    address,
    api: fixtureApi({ listBlueprints: async () => [] }),
    shows: ['The platform has no blueprints.', 'How to begin'],
  },
  {
    name: 'nothing is on its way',
    address,
    api: fixtureApi(),
    shows: [
      '3 blueprints on 8 clusters.',
      '5 clusters run version 3.',
      'active, in stable, on 5 clusters',
      'active, with all of golden, on 2 clusters, 1 of them with drift',
      'draft, on no cluster',
    ],
    hides: ['Rolling'],
  },
  {
    name: 'a version halted on its way, and a file counts for nothing',
    address,
    api: underWay,
    shows: [
      /3 blueprints on \d+ clusters; version 2 of Edge halted; a changed file of PCI counts for nothing\./,
      'Stores may be offline for five days',
      /1 app that ran well before turned Degraded there/,
      'Roll back to version 1',
      'Cannot change version 2 of the blueprint "pci"',
    ],
  },
  {
    name: 'what a version holds, where from, and where it runs',
    address: `${address}?open=edge%401`,
    api: fixtureApi(),
    shows: [
      'It inherits from golden 3.',
      /in place of that of golden 3; ResourceQuota platform; Healthy on 1 cluster; Unknown on 1 cluster/,
      /from golden 3; NetworkPolicy same-namespace-only; Healthy on 2 clusters/,
      'shall run version 1, runs none yet',
    ].map(text => (typeof text === 'string' ? new RegExp(text) : text)),
  },
];
