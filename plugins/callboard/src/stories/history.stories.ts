import type { JournalEntry } from '@callboard/plugin-callboard-common';
import { failing, fixtureApi, waiting } from './fixtureApi';
import type { Story } from './Story';

const address = '/callboard/apps/checkout?tab=history';
const DAY_MS = 86_400_000;

function entry(
  sequence: number,
  over: Partial<JournalEntry> & Pick<JournalEntry, 'action' | 'message'>,
): JournalEntry {
  return {
    sequence,
    at: new Date(
      Date.parse('2026-08-20T10:00:00Z') + sequence * 1_000,
    ).toISOString(),
    actor: 'system:delivery',
    app: 'checkout',
    hash: `${sequence}`,
    ...over,
  };
}

/** Four entries that one push makes, from a sequence on; newest first. */
export function pushEntries(
  from: number,
  {
    release,
    message,
    actor = 'user:default/ana',
  }: { release: number; message: string; actor?: string },
): JournalEntry[] {
  const revision = `${release}`.repeat(40).slice(0, 40);
  return [
    entry(from + 3, {
      action: 'deployment.health',
      message: `Release ${release} of checkout is healthy in Development on dev-1`,
      environment: 'dev',
      cluster: 'dev-1',
      release,
    }),
    entry(from + 2, {
      actor,
      action: 'release.deployed',
      message: `Release ${release} of checkout goes to dev`,
      environment: 'dev',
      release,
    }),
    entry(from + 1, {
      actor,
      action: 'release.created',
      message: `Release ${release} of checkout was made of "${message}"`,
      revision,
      release,
    }),
    entry(from, {
      actor,
      action: 'revision.pushed',
      message: `"${message}" was pushed`,
      revision,
      commitMessage: message,
    }),
  ];
}

const promotion = entry(1, {
  at: new Date(Date.parse('2026-08-20T10:00:00Z') - DAY_MS).toISOString(),
  actor: 'user:default/bo',
  action: 'release.promoted',
  message: 'Release 42 of checkout was promoted to prod',
  environment: 'prod',
  release: 42,
});

/** Thirty pushes and, on the page after them, the promotion before. */
export const longHistory = fixtureApi({
  readJournalPage: async ({ cursor, kind, actor, cluster }) => {
    const all = cursor
      ? [promotion]
      : Array.from({ length: 30 }, (_, index) =>
          pushEntries(2 + (29 - index) * 4, {
            release: 72 - index,
            message: `Change ${72 - index}`,
          }),
        ).flat();
    return {
      items: all.filter(
        each =>
          (!kind || each.action.startsWith(kind.slice(0, -1))) &&
          (!actor || each.actor === actor) &&
          (!cluster || each.cluster === cluster),
      ),
      ...(!cursor && { nextCursor: 'older' }),
    };
  },
});

/** The history of an app: pages, groups, filters. */
export const historyStories: Story[] = [
  {
    name: 'loading',
    address,
    api: fixtureApi({ readJournalPage: waiting }),
    shows: ['History', 'Loading'],
    hides: ['Show older'],
  },
  {
    name: 'failed says what, why and next',
    address,
    api: fixtureApi({ readJournalPage: () => failing() }),
    shows: ['Cannot read the record', 'Try again'],
  },
  {
    name: 'nothing changed yet',
    address,
    api: fixtureApi({ readJournalPage: async () => ({ items: [] }) }),
    shows: ['Nothing has changed yet.'],
    hides: ['Show older', 'Show all'],
  },
  {
    name: 'one row for each push, under its day, and a way to what is older',
    address,
    api: longHistory,
    shows: [
      'Thursday, 20 August 2026',
      'ana pushed “Change 72” → release 72',
      'ana pushed “Change 43” → release 43',
      '4 entries',
      'Show older',
    ],
    hides: ['promoted to prod'],
  },
  {
    name: 'a push whose build failed says so',
    address,
    api: fixtureApi({
      readJournalPage: async () => ({
        items: [
          entry(2, {
            actor: 'system:build',
            action: 'build.failed',
            revision: 'a'.repeat(40),
            message: 'The build of "Use rates" failed',
          }),
          entry(1, {
            actor: 'user:default/ana',
            action: 'revision.pushed',
            revision: 'a'.repeat(40),
            commitMessage: 'Use rates',
            message: '"Use rates" was pushed',
          }),
        ],
      }),
    }),
    shows: [
      'ana pushed “Use rates” → build failed',
      'This is where its history begins.',
    ],
    hides: ['Show older'],
  },
  {
    name: 'the address filters by who acted',
    address: `${address}&by=user:default/bo`,
    api: longHistory,
    shows: ['No entry matches', 'Show all', 'bo'],
  },
  {
    name: 'the address filters by cluster',
    address: `${address}&on=dev-1`,
    api: longHistory,
    shows: [
      'Release 72 of checkout is healthy in Development on dev-1',
      'dev-1',
    ],
    hides: ['ana pushed'],
  },
];
