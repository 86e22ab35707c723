import type { Knex } from 'knex';
import type { TemporalTable, TemporalTables, ValidityColumns } from '../tables';

export type Values<T extends TemporalTable> = Omit<
  TemporalTables[T],
  keyof ValidityColumns
>;

/** What a fact is about, and the keys by which reads find it. */
export interface Subject {
  subject: string;
  app?: string;
  cluster?: string;
}

/**
 * Records that a fact holds from `at` on. The previous row is closed, never
 * rewritten. Writes nothing when the fact holds already.
 *
 * Where `at` is not later than the start of the previous row (two changes
 * within one millisecond, a clock that was set back), the new one begins a
 * millisecond after it: history keeps its order.
 *
 * @returns what held before, or `unchanged`
 */
export async function writeVersion<T extends TemporalTable>(
  tx: Knex,
  table: T,
  fact: { about: Subject; values: Values<T>; at: Date },
): Promise<{ changed: boolean; before?: TemporalTables[T] }> {
  const { about, values, at } = fact;
  const before = (await tx(table as string)
    .where({ subject: about.subject })
    .whereNull('valid_to')
    .first()) as TemporalTables[T] | undefined;
  if (before && isSame(before, values)) return { changed: false, before };

  const from = await beginAfter(tx, table, about.subject, at);
  if (before) {
    await tx(table as string)
      .where({ subject: about.subject })
      .whereNull('valid_to')
      .update({ valid_to: from });
  } else {
    await tx('subjects')
      .insert({
        fact: table,
        subject: about.subject,
        app: about.app ?? null,
        cluster: about.cluster ?? null,
      })
      .onConflict(['fact', 'subject'])
      .ignore();
  }
  await tx(table as string).insert({
    ...values,
    subject: about.subject,
    valid_from: from,
    valid_to: null,
  });
  return { changed: true, before };
}

/** Records that a fact no longer holds. Does nothing where it did not hold. */
export async function closeVersion(
  tx: Knex,
  table: TemporalTable,
  end: { subject: string; at: Date },
): Promise<boolean> {
  const until = await beginAfter(tx, table, end.subject, end.at);
  const closed = await tx(table)
    .where({ subject: end.subject })
    .whereNull('valid_to')
    .update({ valid_to: until });
  return closed > 0;
}

async function beginAfter(
  tx: Knex,
  table: TemporalTable,
  subject: string,
  at: Date,
): Promise<number> {
  const last = (await tx(table as string)
    .where({ subject })
    .orderBy('valid_from', 'desc')
    .first('valid_from', 'valid_to')) as ValidityColumns | undefined;
  if (!last) return at.getTime();
  const earliest =
    last.valid_to === null
      ? Number(last.valid_from) + 1
      : Number(last.valid_to);
  return Math.max(at.getTime(), earliest, Number(last.valid_from) + 1);
}

function isSame(before: object, values: object): boolean {
  const held = before as Record<string, unknown>;
  return Object.entries(values).every(
    ([column, value]) => String(held[column]) === String(value ?? null),
  );
}
