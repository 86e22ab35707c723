import { failing, fixtureApi, waiting } from './fixtureApi';
import type { Story } from './Story';
import { gitTokens } from './tokenFixtures';

const address = '/settings/git-tokens';

export const gitTokensStories: Story[] = [
  {
    name: 'tokens of a person and of an app, one that expired, one for the command line',
    address,
    api: fixtureApi(),
    shows: [
      '4 tokens',
      'laptop',
      'What you may push to',
      'Command line',
      'What you may with apps',
      'ci',
      'checkout',
      /created by bo, 10 days ago/,
      'Expired: git refuses it',
      'Never',
      /3 h(ours)? ago/,
    ],
    hides: ['cbt_'],
  },
  {
    name: 'no tokens yet: what they are for',
    address,
    api: fixtureApi({ listGitTokens: async () => gitTokens({ items: [] }) }),
    shows: ['no token', 'No tokens yet', 'Create a token'],
  },
  {
    name: 'tokens on their way',
    address,
    api: fixtureApi({ listGitTokens: waiting }),
    shows: ['Create a token'],
    hides: ['No tokens yet'],
  },
  {
    name: 'tokens that cannot be read',
    address,
    api: fixtureApi({ listGitTokens: () => failing() }),
    shows: ['Cannot read the record', 'Try again'],
    hides: ['No tokens yet'],
  },
];
