import { failing, fixtureApi, waiting } from './fixtureApi';
import * as fixtures from './fixtures';
import { lacking, settings } from './settingFixtures';
import type { Story } from './Story';

const address = '/callboard/apps/checkout?tab=settings';
const prod = `${address}&env=prod`;

/** Release 44 in Production lacks what it reads. */
const lackingApi = () =>
  fixtureApi({
    listSettings: async ({ environment }) =>
      settings(
        environment,
        environment === 'prod'
          ? { lacking: [lacking(), lacking({ name: 'RATES_USER' })] }
          : {},
      ),
  });

export const settingsStories: Story[] = [
  {
    name: 'settings for all environments, and where something else counts',
    address,
    api: fixtureApi(),
    shows: [
      'Settings for all environments',
      '3 settings',
      'LOG_LEVEL',
      'info',
      '“quieter nights”',
      'Development has its own',
      'No release there',
      'web and worker',
      'releases 42 and 44',
      'Set a setting',
    ],
    hides: ['PAYMENT_KEY', 'From all environments', 'Pod', 'amespace'],
  },
  {
    name: 'settings of an environment, own and inherited; of secrets never the value',
    address: prod,
    api: fixtureApi(),
    shows: [
      'Settings in Production',
      '5 settings, 3 from all environments',
      'Secret, never shown',
      /bo, 3 days ago/,
      'Change 7',
      'From all environments',
      'https://rates.internal/v2',
      '9 lines',
      'Resources in Production',
      'postgres',
      'Made 2 times',
      'Rotate',
    ],
    hides: ['debug', 'has its own'],
  },
  {
    name: 'what a release lacks stands on top, with the way to set it',
    address: prod,
    api: lackingApi(),
    shows: [
      'Production has no RATES_TOKEN and RATES_USER',
      'Release 44 (worker) reads RATES_TOKEN as a secret and waits until it is set.',
      'Set RATES_TOKEN in Production',
    ],
  },
  {
    name: 'what a release lacks is said where all environments are looked at',
    address,
    api: lackingApi(),
    shows: ['Production has no RATES_TOKEN and RATES_USER'],
    hides: ['Development has no'],
  },
  {
    name: 'what is set as the other kind is said',
    address: prod,
    api: fixtureApi({
      listSettings: async ({ environment }) =>
        settings(environment, {
          lacking: [lacking({ name: 'RATES_URL' })],
        }),
    }),
    shows: ['Production has RATES_URL as a variable, not as a secret'],
    hides: ['Production has no'],
  },
  {
    name: 'no settings: the lines that read some',
    address: prod,
    api: fixtureApi({
      listSettings: async () => ({ items: [], lacking: [] }),
      listResources: async () => [],
    }),
    shows: [
      'no setting',
      'Nothing is set in Production.',
      'LOG_LEVEL: ${resources.env.LOG_LEVEL}', // eslint-disable-line no-template-curly-in-string
      'Release 42 asks for nothing beside its workloads',
    ],
  },
  {
    name: 'many settings can be searched',
    address: `${prod}&q=rates%20WORKER`,
    api: fixtureApi(),
    shows: ['RATES_URL', 'Search name, value, workload'],
    hides: ['LOG_LEVEL', 'PAYMENT_KEY', 'OLD_RATES_URL'],
  },
  {
    name: 'no setting that is searched for',
    address: `${prod}&q=moon`,
    api: fixtureApi(),
    shows: ['No setting matches the search.'],
    hides: ['Nothing is set'],
  },
  {
    name: 'settings can be there before the first release',
    address: '/callboard/apps/ledger?tab=settings&do=set&setting=LOG_LEVEL',
    api: fixtureApi({
      getApp: async () => fixtures.emptyApp(),
      listSettings: async () => ({ items: [], lacking: [] }),
    }),
    shows: [
      'Set LOG_LEVEL for all environments',
      'No release is in any environment yet: nothing starts.',
    ],
  },
  {
    name: 'settings that load have the shape of what comes',
    address: prod,
    api: fixtureApi({ listSettings: waiting, listResources: waiting }),
    shows: ['Settings in Production', 'Loading'],
    hides: ['Nothing is set', 'asks for nothing'],
  },
  {
    name: 'settings that cannot be read say so, with a way to ask again',
    address: prod,
    api: fixtureApi({ listSettings: () => failing() }),
    shows: [
      'Cannot read the record',
      'The database does not answer.',
      'Try again',
    ],
    hides: ['Nothing is set'],
  },
  {
    name: 'settings of the past: nothing acts',
    address: `${prod}&at=2026-08-20T14:05:00Z&do=set`,
    api: lackingApi(),
    shows: [
      'As it was on',
      'Production has no RATES_TOKEN',
      'PAYMENT_KEY',
      'Resources of the past are not shown',
    ],
    hides: ['Set RATES_TOKEN in', 'Change PAYMENT_KEY', 'Set a setting', 'Why'],
  },
  {
    name: 'who may not change settings reads them, and who may',
    address: prod,
    api: fixtureApi({
      getApp: async () =>
        fixtures.app({ viewer: { promote: false, approve: [] } }),
    }),
    shows: [
      'PAYMENT_KEY',
      'Only payments can change its settings.',
      'Only payments can rotate secrets',
    ],
    hides: ['Change PAYMENT_KEY', 'Set a setting', 'Rotate the secrets'],
  },
  {
    name: 'an environment that is not there is said above the settings',
    address: `${address}&env=qa`,
    api: fixtureApi(),
    shows: [
      'There is no environment “qa”. This is what is set for all environments.',
      'Settings for all environments',
    ],
  },
  {
    name: 'a resource that is not there is said',
    address: `${prod}&do=rotate&resource=moon`,
    api: fixtureApi(),
    shows: ['There is no resource “moon” here.'],
  },
];
