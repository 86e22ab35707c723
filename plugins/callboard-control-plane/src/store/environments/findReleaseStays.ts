import type {
  Approval,
  ReleaseChange,
} from '@callboard/plugin-callboard-common';
import type { Knex } from 'knex';
import { toDate } from '../instants';
import type { Instant } from '../tables';
import { approvalOf } from './findEnvironmentReleases';

/** The latest stay of a release in an environment. */
export interface ReleaseStayRecord {
  app: string;
  environment: string;
  release: number;
  /** Start of its first stay there. */
  since: Date;
  /** Absent where no approval was required. */
  approval?: Approval;
  /** What replaced it; absent while it is desired. */
  next?: { release: number; change: ReleaseChange; by: string; at: Date };
}

const PER_QUERY = 300; // three values each; SQLite takes 999 in all

/** The latest stays of all releases of an app, by environment; up to an instant. */
export async function findReleaseStays(
  tx: Knex,
  { app, at }: { app: string; at?: Date },
): Promise<ReleaseStayRecord[]> {
  return toStays(await stays(tx, at).where('stay.app', app));
}

/** The latest stays of certain releases in certain environments, where there were any. */
export async function findStaysOf(
  tx: Knex,
  wanted: ReadonlyArray<{ app: string; environment: string; release: number }>,
  at?: Date,
): Promise<ReleaseStayRecord[]> {
  const found: ReleaseStayRecord[] = [];
  for (let start = 0; start < wanted.length; start += PER_QUERY) {
    const pairs = wanted
      .slice(start, start + PER_QUERY)
      .map(({ app, environment, release }) => [
        `${app}/${environment}`,
        release,
      ]);
    const rows = await stays(tx, at).whereIn(
      ['stay.subject', 'stay.release'],
      pairs as never,
    );
    found.push(...toStays(rows));
  }
  return found;
}

interface StayRow {
  app: string;
  environment: string;
  release: number;
  valid_from: Instant;
  approved_for: string | null;
  approved_by: string | null;
  next_release: number | null;
  next_change: ReleaseChange | null;
  next_by: string | null;
  next_at: Instant | null;
}

function stays(tx: Knex, at: Date | undefined): Knex.QueryBuilder {
  const query = tx({ stay: 'environment_releases' })
    .leftJoin({ next: 'environment_releases' }, join => {
      join
        .on('next.subject', 'stay.subject')
        .andOn('next.valid_from', 'stay.valid_to');
      if (at) join.andOnVal('next.valid_from', '<=', at.getTime());
    })
    .orderBy('stay.subject')
    .orderBy('stay.valid_from')
    .select(
      'stay.app',
      'stay.environment',
      'stay.release',
      'stay.valid_from',
      'stay.approved_for',
      'stay.approved_by',
      { next_release: 'next.release' },
      { next_change: 'next.change' },
      { next_by: 'next.released_by' },
      { next_at: 'next.valid_from' },
    );
  return at ? query.where('stay.valid_from', '<=', at.getTime()) : query;
}

function toStays(rows: StayRow[]): ReleaseStayRecord[] {
  const latest = new Map<string, ReleaseStayRecord>();
  for (const row of rows) {
    const { app, environment, release } = row;
    const { next_release, next_change, next_by, next_at } = row;
    const key = `${app}/${environment}/${release}`;
    latest.set(key, {
      app,
      environment,
      release,
      since: latest.get(key)?.since ?? toDate(row.valid_from),
      ...approvalOf(row),
      ...(next_release !== null &&
        next_change !== null &&
        next_by !== null &&
        next_at !== null && {
          next: {
            release: next_release,
            change: next_change,
            by: next_by,
            at: toDate(next_at),
          },
        }),
    });
  }
  return [...latest.values()];
}
