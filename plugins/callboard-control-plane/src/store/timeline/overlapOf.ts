import type { Knex } from 'knex';
import type { TemporalTable } from '../tables';

/**
 * A query of the rows of a temporal table (`fact`) that overlap a window, for
 * the subjects (`known`) that the caller narrows it to. For each subject it
 * reads one range of the index (subject, valid_from), however long the history:
 *
 *     shop/prod  ├── 1 ──┼──── 2 ────┼── 3 ──┼─── 4 ──▶
 *                            [from           to)
 *                        └─ the last that began by `from` ─ those after it ─┘
 */
export function overlapOf(
  tx: Knex,
  table: TemporalTable,
  { from, to }: { from: Date; to: Date },
): Knex.QueryBuilder {
  const begin = tx({ past: table as string })
    .max('past.valid_from')
    .where('past.subject', tx.ref('known.subject'))
    .where('past.valid_from', '<=', from.getTime());
  return tx({ known: 'subjects' })
    .join({ fact: table as string }, 'fact.subject', 'known.subject')
    .where('known.fact', table)
    .where(
      'fact.valid_from',
      '>=',
      tx.raw('coalesce((?), ?)', [begin, from.getTime()]),
    )
    .where('fact.valid_from', '<', to.getTime())
    .where(lasting =>
      lasting
        .whereNull('fact.valid_to')
        .orWhere('fact.valid_to', '>', from.getTime()),
    );
}
