import { failing, fixtureApi, waiting } from './fixtureApi';
import * as fixtures from './fixtures';
import type { Story } from './Story';

const address = '/callboard/apps/checkout';

export const appPageStories: Story[] = [
  {
    name: 'loading has the shape of what comes',
    address,
    api: fixtureApi({ getApp: waiting }),
    shows: ['checkout', 'Loading'],
    hides: ['Healthy', 'Promote'],
  },
  {
    name: 'failed says what, why and next, with a way to ask again',
    address,
    api: fixtureApi({ getApp: () => failing() }),
    shows: [
      'Cannot read the record',
      'The database does not answer.',
      'Tell your platform team',
      'Try again',
    ],
    hides: ['store-unreachable', 'Healthy'],
  },
  {
    name: 'an app that runs well and can be promoted',
    address,
    api: fixtureApi(),
    shows: [
      'Release 42 is healthy on 3 of 3 production clusters',
      'Promote 44 to prod',
      'Where it runs',
      'Frankfurt',
      '2 of 2 instances',
      'What changed',
      'bo promoted release 42 to prod',
    ],
    hides: ['Degraded', 'Unknown', 'Pod', 'amespace'],
  },
  {
    name: 'a release that crashes at start shows the finding first',
    address,
    api: fixtureApi({ getApp: async () => fixtures.crashingApp() }),
    shows: [
      'checkout cannot start in dev: it ends with exit code 3 right after start',
      'RATES_TOKEN is not set',
      'Just before: ana pushed',
      'Set RATES_TOKEN in score.yaml',
      'The cluster names this cause.',
      'Open logs',
      'Go back to another release',
      'waits: 44 is Degraded in dev',
    ],
    hides: ['Promote 44', '44 is ready'],
  },
  {
    name: 'what is not healthy where it was released first is not offered for promotion',
    address,
    api: fixtureApi({ getApp: async () => fixtures.degradedCandidateApp() }),
    shows: ['waits: 44 is Degraded in dev'],
    hides: ['Promote 44', '44 is ready'],
  },
  {
    name: 'a cluster that is not heard of is Unknown with its age, never green',
    address,
    api: fixtureApi({ getApp: async () => fixtures.staleApp() }),
    shows: ['eu-1 was last seen 4 min ago', 'Unknown', 'last seen 4 min ago'],
  },
  {
    name: 'a release on its way shows what is there and what comes',
    address,
    api: fixtureApi({ getApp: async () => fixtures.rollingApp() }),
    shows: ['Progressing', '42 → 44', '1 of 2 instances', 'nothing to promote'],
  },
  {
    name: 'fewer clusters than wanted is told beside health',
    address,
    api: fixtureApi({ getApp: async () => fixtures.scarceApp() }),
    shows: [
      'Fewer clusters than wanted in prod',
      'only pci-1 runs blueprint pci',
      'Why these clusters',
      'Healthy',
    ],
    hides: ['Degraded'],
  },
  {
    name: 'a build under way',
    address,
    api: fixtureApi({ getApp: async () => fixtures.buildingApp() }),
    shows: [
      '“Speak French” is being built',
      'for 6 s',
      'Revision c0ffeec by Ana Ruiz',
    ],
  },
  {
    name: 'nothing released yet gives the line to push',
    address: '/callboard/apps/ledger',
    api: fixtureApi({ getApp: async () => fixtures.emptyApp() }),
    shows: [
      'Nothing is released yet.',
      'git push http://dev:<token>@localhost:7007/api/callboard/git/ledger.git main',
    ],
    hides: ['Where it runs'],
  },
  {
    name: 'releases: what they are, where they are, and a way to bring them somewhere',
    address: `${address}?tab=releases`,
    api: fixtureApi(),
    shows: [
      'Release 44',
      'Read rates from the new service',
      'bundle, 6 s',
      'Bring release 43 to',
    ],
  },
  {
    name: 'placement: one verdict per cluster, with reasons and remedy',
    address: `${address}?tab=placement`,
    api: fixtureApi(),
    shows: [
      'Runs on the 3 wanted clusters',
      'Chosen',
      'Refused',
      'Label env is dev, it must be prod',
      'It was last seen 2 min ago',
      'It would be admitted with label env=prod',
    ],
  },
  {
    name: 'history: who changed what',
    address: `${address}?tab=history`,
    api: fixtureApi(),
    shows: [
      'History',
      'prod runs on ap-1, eu-1 and us-1',
      'Callboard · three regions, one cluster each',
    ],
  },
  {
    name: 'logs of the deployment in the address',
    address: `${address}?tab=logs&env=prod&cluster=eu-1`,
    api: fixtureApi(),
    shows: ['Last output on eu-1', 'Listening on 8080'],
  },
  {
    name: 'logs search shows only the lines that match',
    address: `${address}?tab=logs&q=GET`,
    api: fixtureApi(),
    shows: ['GET / 200 3 ms'],
    hides: ['Listening on 8080'],
  },
  {
    name: 'Kubernetes view hides nothing from who asks',
    address: `${address}?tab=kubernetes`,
    api: fixtureApi(),
    shows: [
      'Namespace checkout--dev',
      'kubectl --context dev-1',
      'Deployment',
      'kind: Service',
      'ScalingReplicaSet',
    ],
  },
];
