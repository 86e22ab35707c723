import type { Knex } from 'knex';
import { toDate } from '../instants';
import type { ObservedAppRow } from '../tables';
import { closeVersion, findVersions, writeVersion } from '../temporal';
import type { ObservedAppRecord } from './ObservedAppRecord';

/** Records that a component is observed, from `at` on. */
export async function saveObservedApp(
  tx: Knex.Transaction,
  { entityRef, label, namespace }: ObservedAppRecord,
  at: Date,
): Promise<void> {
  await writeVersion(tx, 'observed_apps', {
    about: { subject: entityRef },
    values: { entity_ref: entityRef, label, namespace: namespace ?? null },
    at,
  });
}

/** Records that a component is no longer observed, and closes its observations. */
export async function closeObservedApp(
  tx: Knex.Transaction,
  entityRef: string,
  at: Date,
): Promise<void> {
  await closeVersion(tx, 'observed_apps', { subject: entityRef, at });
  const open = (await tx('observed_placements')
    .where({ entity_ref: entityRef })
    .whereNull('valid_to')
    .select('subject')) as Array<{ subject: string }>;
  for (const { subject } of open)
    await closeVersion(tx, 'observed_placements', { subject, at });
}

/** The components that are observed, or were at an instant. */
export async function findObservedApps(
  tx: Knex,
  { entityRef, at }: { entityRef?: string; at?: Date } = {},
): Promise<Array<ObservedAppRecord & { since: Date }>> {
  const rows = await findVersions(tx, 'observed_apps', {
    ...(entityRef !== undefined && { subject: entityRef }),
    at,
  });
  return rows.map(toRecord);
}

/** Since when there is a history of a component. */
export async function findObservedSince(
  tx: Knex,
  entityRef: string,
): Promise<Date | undefined> {
  const first = (await tx('observed_apps')
    .where({ subject: entityRef })
    .orderBy('valid_from')
    .first('valid_from')) as ObservedAppRow | undefined;
  return first && toDate(first.valid_from);
}

function toRecord(row: ObservedAppRow): ObservedAppRecord & { since: Date } {
  return {
    entityRef: row.entity_ref,
    label: row.label,
    ...(row.namespace !== null && { namespace: row.namespace }),
    since: toDate(row.valid_from),
  };
}
