import type { JournalEntry } from '@callboard/plugin-callboard-common';
import { groupEntries } from './groupEntries';

const T0 = Date.parse('2026-11-20T10:00:00Z');

/** Entries in the order they happened, a second apart unless `minute` says when; the API lists them newest first. */
function journal(
  ...drafts: Array<Partial<JournalEntry> & { minute?: number }>
): JournalEntry[] {
  return drafts
    .map(({ minute, ...draft }, index) => ({
      sequence: index + 1,
      at: new Date(T0 + (minute ?? 0) * 60_000 + index * 1000).toISOString(),
      actor: 'user:default/ana',
      action: 'deployment.health',
      app: 'shop',
      message: `entry ${index + 1}`,
      hash: '',
      ...draft,
    }))
    .reverse();
}

const pushed = (commit: string, message = 'Fix') => ({
  action: 'revision.pushed',
  revision: commit,
  commitMessage: message,
  message: `"${message}" was pushed`,
});
const made = (commit: string, release: number) => ({
  action: 'release.created',
  revision: commit,
  release,
});
const inDev = (release: number) => ({ environment: 'dev', release });
const deployed = (release: number) => ({
  action: 'release.deployed',
  ...inDev(release),
});
const placed = (release: number) => ({
  action: 'placement.decided',
  actor: 'system:placement',
  ...inDev(release),
});
const set = (environment?: string) => ({
  action: 'app.setting-changed',
  ...(environment !== undefined && { environment }),
});
const turned = (release: number) => ({
  actor: 'system:delivery',
  ...inDev(release),
});

function shown(entries: JournalEntry[]): string[] {
  return groupEntries(entries).map(
    ({ kind, release, commitMessage, entries: held }) =>
      `${kind} ${commitMessage ?? '-'} → ${release ?? '-'}: ${held
        .map(({ sequence }) => sequence)
        .join(' ')}`,
  );
}

describe('groupEntries', () => {
  it.each([
    { name: 'nothing', given: journal(), expected: [] },
    {
      name: 'a push with all that it did',
      given: journal(
        pushed('a1'),
        made('a1', 1),
        deployed(1),
        placed(1),
        turned(1),
      ),
      expected: ['push Fix → 1: 5 4 3 2 1'],
    },
    {
      name: 'two pushes whose builds overlap',
      given: journal(
        pushed('a1', 'One'),
        pushed('b2', 'Two'),
        made('a1', 1),
        deployed(1),
        made('b2', 2),
        deployed(2),
        placed(2),
      ),
      expected: ['push Two → 2: 7 6 5 2', 'push One → 1: 4 3 1'],
    },
    {
      name: 'a push whose build fails',
      given: journal(pushed('a1'), {
        action: 'build.failed',
        revision: 'a1',
        actor: 'system:build',
      }),
      expected: ['push Fix → -: 2 1'],
    },
    {
      name: 'a promotion of what was just pushed is its own',
      given: journal(
        pushed('a1'),
        made('a1', 1),
        deployed(1),
        { action: 'release.promoted', environment: 'prod', release: 1 },
        { action: 'rollout.started', environment: 'prod', release: 1 },
        turned(1),
        { environment: 'prod', release: 1 },
      ),
      expected: ['release - → 1: 7 5 4', 'push Fix → 1: 6 3 2 1'],
    },
    {
      name: 'a change of settings with what it did',
      given: journal(
        pushed('a1'),
        made('a1', 1),
        deployed(1),
        turned(1),
        set('prod'),
        set('dev'),
        turned(1),
      ),
      expected: [
        'settings - → 1: 7 6',
        'settings - → -: 5',
        'push Fix → 1: 4 3 2 1',
      ],
    },
    {
      name: 'a stop and a start with what they did',
      given: journal(
        pushed('a1'),
        made('a1', 1),
        deployed(1),
        turned(1),
        { action: 'app.stopped', ...inDev(1) },
        turned(1),
        { action: 'app.started', ...inDev(1) },
        turned(1),
      ),
      expected: [
        'operation - → 1: 8 7',
        'operation - → 1: 6 5',
        'push Fix → 1: 4 3 2 1',
      ],
    },
    {
      name: 'a change of settings of all environments with what it did in each',
      given: journal(
        deployed(1),
        { action: 'release.promoted', environment: 'prod', release: 1 },
        set(),
        turned(1),
        { environment: 'prod', release: 1 },
        pushed('b2'),
        made('b2', 2),
        deployed(2),
      ),
      expected: [
        'push Fix → 2: 8 7 6',
        'settings - → 1: 5 4 3',
        'release - → 1: 2',
        'release - → 1: 1',
      ],
    },
    {
      name: 'what happens long after is news of its own',
      given: journal(pushed('a1'), made('a1', 1), deployed(1), {
        ...turned(1),
        minute: 31,
      }),
      expected: ['entry - → 1: 4', 'push Fix → 1: 3 2 1'],
    },
    {
      name: 'an entry of an older release joins no newer one',
      given: journal(pushed('a1'), made('a1', 2), deployed(2), turned(1)),
      expected: ['entry - → 1: 4', 'push Fix → 2: 3 2 1'],
    },
    {
      name: 'a page that begins in the middle of a push',
      given: journal(made('a1', 1), deployed(1), turned(1)),
      expected: ['push - → 1: 3 2 1'],
    },
    {
      name: 'a page that begins after it',
      given: journal(placed(1), turned(1)),
      expected: ['entry - → 1: 2', 'entry - → 1: 1'],
    },
    {
      name: 'entries of clusters',
      given: journal({ app: undefined, action: 'cluster.unreachable' }),
      expected: ['entry - → -: 1'],
    },
    {
      name: 'another app of the same names',
      given: journal(deployed(1), { ...turned(1), app: 'other' }),
      expected: ['entry - → 1: 2', 'release - → 1: 1'],
    },
  ])('$name', ({ given, expected }) => {
    expect(shown(given)).toEqual(expected);
  });

  it('loses and doubles no entry', () => {
    const given = journal(
      pushed('a1'),
      turned(3),
      made('a1', 1),
      pushed('b2'),
      deployed(1),
      { app: undefined },
      made('b2', 2),
    );
    const held = groupEntries(given).flatMap(({ entries }) => entries);
    expect(held.map(({ sequence }) => sequence).sort()).toEqual([
      1, 2, 3, 4, 5, 6, 7,
    ]);
  });
});
