import type { Knex } from 'knex';
import type { JournalEntry } from '@callboard/plugin-callboard-common';
import { toDate } from '../instants';
import type { JournalRow } from '../tables';

export interface JournalFilter {
  app?: string;
  cluster?: string;
  actor?: string;
  /** Includes entries about periods without a running portal, after the first entry of the app or cluster. */
  withGaps?: boolean;
  /** Only entries of these apps, and those that belong to no app. */
  onlyApps?: readonly string[];
  /** Only entries of these actions. */
  actions?: readonly string[];
  /** Only entries whose actions begin with one of these, before the dot. */
  subjects?: readonly string[];
  /** Only entries before this sequence number: the next page. */
  before?: number;
  /** Only entries after this sequence number. */
  after?: number;
  /** Only entries up to this instant. */
  at?: Date;
  limit: number;
}

/** Entries of the journal, newest first. */
export async function listJournal(
  tx: Knex,
  filter: JournalFilter,
): Promise<JournalEntry[]> {
  const { app, cluster, withGaps, limit } = filter;
  const isOfOne = app !== undefined || cluster !== undefined;
  const query = queryOf(tx, filter);
  if (app !== undefined) query.where('app', app);
  if (cluster !== undefined) query.where('cluster', cluster);
  const rows = (await query) as JournalRow[];
  if (!withGaps || !isOfOne) return rows.map(toEntry);
  // Two queries that stop at the limit: a single one with an "or" would read all entries of
  // the app.
  const gaps = (await queryOf(tx, filter).whereIn(
    'sequence',
    gapsSince(tx, filter),
  )) as JournalRow[];
  return [...rows, ...gaps]
    .sort((a, b) => b.sequence - a.sequence)
    .slice(0, limit)
    .map(toEntry);
}

/** The query of the entries that a filter selects. */
function queryOf(tx: Knex, filter: JournalFilter): Knex.QueryBuilder {
  const query = tx('journal').orderBy('sequence', 'desc').limit(filter.limit);
  if (filter.onlyApps) {
    const apps = [...filter.onlyApps];
    query.where(any => any.whereNull('app').orWhereIn('app', apps));
  }
  if (filter.actions) query.whereIn('action', [...filter.actions]);
  if (filter.actor !== undefined) query.where('actor', filter.actor);
  if (filter.subjects) {
    const { subjects } = filter;
    query.where(any => {
      for (const subject of subjects)
        any.orWhere('action', 'like', `${subject}.%`);
    });
  }
  if (filter.before !== undefined) query.where('sequence', '<', filter.before);
  if (filter.after !== undefined) query.where('sequence', '>', filter.after);
  if (filter.at !== undefined) query.where('at', '<=', filter.at.getTime());
  return query;
}

/** Entries about periods without a portal, since the first entry of an app or a cluster. */
function gapsSince(
  tx: Knex,
  { app, cluster }: Pick<JournalFilter, 'app' | 'cluster'>,
): Knex.QueryBuilder {
  const first = tx('journal').min('sequence');
  if (app !== undefined) first.where('app', app);
  else if (cluster !== undefined) first.where('cluster', cluster);
  return tx('portal_runs').where('entry', '>', first).select('entry');
}

/** The newest entry of each app, by app, up to an instant. */
export async function findLastChanges(
  tx: Knex,
  filter: { app?: string; at?: Date } = {},
): Promise<Map<string, JournalEntry>> {
  const last = tx('journal').max('sequence').whereNotNull('app').groupBy('app');
  if (filter.app !== undefined) last.where('app', filter.app);
  if (filter.at) last.where('at', '<=', filter.at.getTime());
  const rows = (await tx('journal').whereIn('sequence', last)) as JournalRow[];
  return new Map(
    rows.flatMap(row =>
      row.app === null ? [] : [[row.app, toEntry(row)] as const],
    ),
  );
}

/** Sequence number of the newest entry; 0 while there is none. */
export async function readJournalHead(tx: Knex): Promise<number> {
  const head = (await tx('journal_head')
    .where({ id: 1 })
    .first('sequence')) as { sequence: number };
  return head.sequence;
}

function toEntry(row: JournalRow): JournalEntry {
  return {
    sequence: row.sequence,
    at: toDate(row.at).toISOString(),
    actor: row.actor,
    action: row.action,
    ...(row.app !== null && { app: row.app }),
    ...(row.environment !== null && { environment: row.environment }),
    ...(row.cluster !== null && { cluster: row.cluster }),
    ...(row.release !== null && { release: row.release }),
    message: row.message,
    ...(row.why !== null && { why: row.why }),
    ...toldBy(row.after),
    hash: row.hash,
  };
}

/**
 * Reads the commit of an entry, and when it was recorded where that was later.
 * Entries of earlier versions have no commit message.
 */
function toldBy(
  after: string | null,
): Pick<JournalEntry, 'recordedAt' | 'revision' | 'commitMessage'> {
  if (after === null || !/"(recordedAt|revision)"/.test(after)) return {};
  const { recordedAt, revision, commitMessage } = JSON.parse(after) as Record<
    string,
    unknown
  >;
  return {
    ...(typeof recordedAt === 'string' && { recordedAt }),
    ...(typeof revision === 'string' && { revision }),
    ...(typeof commitMessage === 'string' && { commitMessage }),
  };
}
