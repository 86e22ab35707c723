import type { Knex } from 'knex';
import type { TemporalTable, TemporalTables } from '../tables';

export interface VersionFilter {
  subject?: string;
  app?: string;
  cluster?: string;
  /** As of this instant; now when omitted. */
  at?: Date;
}

/**
 * Facts that hold now, or held at an instant, ordered by subject.
 *
 * A read of the past costs one index lookup per subject, however long the
 * history is:
 *
 *     subjects        history of one subject, by (subject, valid_from)
 *     shop/prod  ──▶  ├── 1 ──┼──── 2 ────┼── 3 ──▶
 *                               ▲ at: the last row that began by then,
 *                                 if it had not ended before
 */
export async function findVersions<T extends TemporalTable>(
  tx: Knex,
  table: T,
  filter: VersionFilter,
): Promise<TemporalTables[T][]> {
  const query = tx({ fact: table as string })
    .join({ known: 'subjects' }, 'known.subject', 'fact.subject')
    .where('known.fact', table)
    .select('fact.*')
    .orderBy('fact.subject');
  if (filter.subject !== undefined)
    query.where('known.subject', filter.subject);
  if (filter.app !== undefined) query.where('known.app', filter.app);
  if (filter.cluster !== undefined)
    query.where('known.cluster', filter.cluster);

  if (filter.at === undefined) {
    query.whereNull('fact.valid_to');
  } else {
    const at = filter.at.getTime();
    query
      .where('fact.valid_from', '=', latestBegin(tx, table, at))
      .where(open =>
        open.whereNull('fact.valid_to').orWhere('fact.valid_to', '>', at),
      );
  }
  return (await query) as TemporalTables[T][];
}

/** The fact that holds now, or held at an instant. */
export async function findVersion<T extends TemporalTable>(
  tx: Knex,
  table: T,
  filter: { subject: string; at?: Date },
): Promise<TemporalTables[T] | undefined> {
  const [row] = await findVersions(tx, table, filter);
  return row;
}

function latestBegin(
  tx: Knex,
  table: TemporalTable,
  at: number,
): Knex.QueryBuilder {
  return tx({ past: table as string })
    .max('past.valid_from')
    .where('past.subject', tx.ref('known.subject'))
    .where('past.valid_from', '<=', at);
}
