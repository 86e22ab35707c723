import type { JournalEntry } from '@callboard/plugin-callboard-common';

/** Entries of one push, promotion, rollback, change of settings or operation; or one entry that belongs to none. */
export interface JournalGroup {
  /** Hash of its first entry: the same when more entries are read. */
  id: string;
  /** `push` where it began with a commit. */
  kind: 'push' | 'release' | 'settings' | 'operation' | 'entry';
  at: string;
  actor: string;
  /** First line of the commit, where the first entry of the push was read and has it. */
  commitMessage?: string;
  /** Its release, once there is one. */
  release?: number;
  /** Newest first, at least one. */
  entries: JournalEntry[];
}

const IDLE_MS = 30 * 60_000; // a failure days after a push must be visible as a group of its own

const BEGINS_RELEASE = new Set([
  'release.deployed',
  'release.promoted',
  'release.rolled-back',
]);

const OPERATIONS = new Set([
  'app.deleted',
  'app.removed',
  'app.restarted',
  'app.scaled',
  'app.started',
  'app.stopped',
]);

class GroupBook {
  readonly groups: JournalGroup[] = [];
  /** Open pushes by commit, and by release once it exists; the current release of each environment. */
  readonly #open = new Map<string, JournalGroup>();

  add(entry: JournalEntry): void {
    const group = this.#findGroup(entry) ?? this.#begin(entry);
    group.entries.unshift(entry);
    if (entry.release !== undefined) group.release = entry.release;
    for (const key of keysOf(entry)) this.#open.set(key, group);
    // An entry for all environments changes each of them.
    if (changesApp(entry.action) && entry.environment === undefined)
      for (const key of this.#open.keys())
        if (key.startsWith(`${entry.app} runs `)) this.#open.set(key, group);
  }

  #findGroup(entry: JournalEntry): JournalGroup | undefined {
    const isAgain = BEGINS_RELEASE.has(entry.action);
    const group = joinKeysOf(entry)
      .map(key => this.#open.get(key))
      .find(Boolean);
    if (!group || isIdle(group, entry)) return undefined;
    // The first environment belongs to the push; every other one has a first entry of its
    // own.
    if (isAgain && group.kind !== 'push') return undefined;
    return group;
  }

  #begin(entry: JournalEntry): JournalGroup {
    const { hash, at, actor, action, commitMessage } = entry;
    const kind = kindOf(action);
    const group: JournalGroup = { id: hash, kind, at, actor, entries: [] };
    if (commitMessage !== undefined) group.commitMessage = commitMessage;
    this.groups.push(group);
    return group;
  }
}

/**
 * Groups entries of the journal by the push, promotion, roll-back, change of
 * settings or operation that caused them: the revision, its build and release,
 * its placement, its rollout and its outcome. Pure.
 *
 * An entry joins a group until that is idle for half an hour; later entries are
 * groups of their own.
 *
 * @param entries - newest first, as the API lists them; a part of the journal
 *   suffices
 * @returns newest beginning first
 */
export function groupEntries(entries: readonly JournalEntry[]): JournalGroup[] {
  const book = new GroupBook();
  for (const entry of [...entries].reverse()) book.add(entry);
  return book.groups.reverse();
}

function kindOf(action: string): JournalGroup['kind'] {
  if (action === 'revision.pushed' || action === 'release.created')
    return 'push';
  if (OPERATIONS.has(action)) return 'operation';
  if (changesApp(action)) return 'settings';
  return BEGINS_RELEASE.has(action) ? 'release' : 'entry';
}

/** Returns whether an action changes a running app, besides releases of it. */
function changesApp(action: string): boolean {
  return action.startsWith('app.setting-') || OPERATIONS.has(action);
}

/** Returns the keys by which later entries find the group of this one. */
function keysOf(entry: JournalEntry): string[] {
  const { app, action, revision, release, environment } = entry;
  if (app === undefined) return [];
  if (action === 'revision.pushed') return [`${app} commit ${revision}`];
  if (action === 'release.created') return [`${app} made ${release}`];
  const isInOne = changesApp(action) && environment !== undefined;
  if (BEGINS_RELEASE.has(action) || isInOne)
    return [`${app} runs ${environment}`];
  return [];
}

/** Returns the keys by which this entry finds its group. */
function joinKeysOf(entry: JournalEntry): string[] {
  const { app, action, revision, release, environment } = entry;
  if (app === undefined || changesApp(action)) return [];
  switch (action) {
    case 'release.created':
    case 'build.failed':
      return revision === undefined ? [] : [`${app} commit ${revision}`];
    case 'release.deployed':
      return [`${app} made ${release}`];
    case 'revision.pushed':
    case 'release.promoted':
    case 'release.rolled-back':
      return [];
    default:
      return environment === undefined ? [] : [`${app} runs ${environment}`];
  }
}

function isIdle(group: JournalGroup, entry: JournalEntry): boolean {
  const [newest] = group.entries;
  const isOther =
    entry.release !== undefined &&
    group.release !== undefined &&
    entry.release !== group.release;
  return isOther || Date.parse(entry.at) - Date.parse(newest.at) > IDLE_MS;
}
