import type { CallboardApi } from '@callboard/plugin-callboard-react';
import {
  LostBand,
  LostScope,
  Surface,
} from '@callboard/plugin-callboard-react';
import { render, waitFor } from '@testing-library/react';
import { pageText } from '../stories/__testUtils__/faultsOf';
import { renderStory } from '../stories/__testUtils__/renderStory';
import { fixtureApi } from '../stories/fixtureApi';
import * as fixtures from '../stories/fixtures';
import { pushEntries } from '../stories/history.stories';

/*
 * What pages say in situations that were once told badly, one row each. What
 * the API says is in `test/src/words/phrases.test.ts`.
 */

const app = '/callboard/apps/checkout';

const starting = fixtures.rollout('applying', {
  waves: [
    {
      name: '',
      cells: [
        {
          cluster: 'eu-1',
          state: 'progressing',
          until: fixtures.ago(-110_000), // some seconds may pass until it is drawn
        },
      ],
    },
  ],
});

const crashing = { getApp: async () => fixtures.crashingApp() };

const PHRASES: Array<
  [
    situation: string,
    said: string,
    address: string,
    api?: Partial<CallboardApi>,
  ]
> = [
  [
    'a release is ready for the next environment',
    'Promote release 44 to Production',
    app,
  ],
  [
    'a cluster starts a release and may take too long',
    'Starting; gives up in 1 min',
    app,
    {
      getApp: async () => fixtures.wavingApp('applying'),
      getRollout: async () => starting,
    },
  ],
  ['a release can be brought somewhere', 'Deploy to…', `${app}?tab=releases`],
  ['a release does not run', 'Roll back to release 43', app, crashing],
  ['a cause was reported', 'Certain: reported by the cluster.', app, crashing],
  [
    'a cluster is cordoned',
    'Accept apps again on eu-1 · Frankfurt',
    '/callboard/clusters/eu-1?do=uncordon',
    {
      getCluster: async name =>
        fixtures.cluster(name, {
          title: 'Frankfurt',
          scheduling: { state: 'cordoned', ...fixtures.byAna() },
        }),
    },
  ],
  [
    'somebody pushed',
    'ana pushed “Change 72” → release 72',
    `${app}?tab=history`,
    {
      readJournalPage: async () => ({
        items: pushEntries(1, { release: 72, message: 'Change 72' }),
      }),
    },
  ],
];

it.each(
  PHRASES.map(([situation, said, address, api]) => ({
    situation,
    said,
    address,
    api,
  })),
)('when $situation: $said', async ({ said, address, api }) => {
  renderStory({ address, api: fixtureApi(api) });
  await waitFor(() => expect(pageText()).toContain(said));
});

it('when the portal is down: Callboard is not answering. Last data: 21:20:14', () => {
  render(
    <Surface>
      <LostScope since={new Date(2026, 10, 20, 21, 20, 14)}>
        <LostBand />
      </LostScope>
    </Surface>,
  );
  expect(pageText()).toContain(
    'Callboard is not answering. Last data: 21:20:14.',
  );
});
