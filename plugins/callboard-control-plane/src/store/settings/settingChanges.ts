import type { SettingReference } from '@callboard/plugin-callboard-common';
import type { SettingChange } from '@callboard/plugin-callboard-core';
import type { SealedText } from '@callboard/plugin-callboard-node';
import type { Knex } from 'knex';
import { toDate } from '../instants';
import { fromJson, toOptionalJson } from '../json';
import type { SettingChangeRow } from '../tables';

/** A change of one setting: what, by whom, when and why, without its value. */
export interface SettingChangeRecord extends SettingChange {
  changedBy: string;
  changedAt: Date;
  why?: string;
}

/** The new content of a setting: a text, a sealed text, or nothing. */
export type SettingContent =
  | { kind: 'variable'; value: string }
  | { kind: 'secret'; sealed: SealedText }
  | { kind: 'reference'; reference: SettingReference }
  | { kind: 'none' };

const HEAD = [
  'version',
  'environment',
  'name',
  'kind',
  'reference',
  'restores',
  'changed_by',
  'changed_at',
  'why',
] as const;

/** Changes of the settings of an app, oldest first; where an environment is named, its own and those for all. */
export async function findSettingChanges(
  tx: Knex,
  { app, environment, at }: { app: string; environment?: string; at?: Date },
): Promise<SettingChangeRecord[]> {
  const query = tx('setting_changes')
    .where({ app })
    .orderBy('version')
    .select(...HEAD);
  if (environment !== undefined)
    query.where(each => each.whereNull('environment').orWhere({ environment }));
  if (at) query.where('changed_at', '<=', at.getTime());
  const rows = (await query) as Array<
    Pick<SettingChangeRow, (typeof HEAD)[number]>
  >;
  return rows.map(row => ({
    version: row.version,
    ...(row.environment !== null && { environment: row.environment }),
    name: row.name,
    kind: row.kind,
    ...(row.reference !== null && {
      reference: fromJson<SettingReference>(row.reference),
    }),
    ...(row.restores !== null && { restores: row.restores }),
    changedBy: row.changed_by,
    changedAt: toDate(row.changed_at),
    ...(row.why !== null && { why: row.why }),
  }));
}

/** Number of the restart of an environment that a request asked for, if it was recorded. */
export async function findRestart(
  tx: Knex,
  of: { app: string; environment: string; request: string },
): Promise<number | undefined> {
  const { app, environment, request } = of;
  const row = (await tx('setting_changes')
    .where({ app, environment, kind: 'restart', value: request })
    .first('version')) as Pick<SettingChangeRow, 'version'> | undefined;
  return row?.version;
}

const CONTENT = ['kind', 'value', 'sealed', 'key_id', 'reference'] as const;

const PER_QUERY = 500; // SQLite takes 999 values

/** Contents of changes, by their number; the value of a secret is sealed. */
export async function findSettingContents(
  tx: Knex,
  app: string,
  versions: readonly number[],
): Promise<Map<number, SettingContent>> {
  const found = new Map<number, SettingContent>();
  for (let start = 0; start < versions.length; start += PER_QUERY) {
    const rows = (await tx('setting_changes')
      .where({ app })
      .whereIn('version', versions.slice(start, start + PER_QUERY))
      .select('version', ...CONTENT)) as Array<
      Pick<SettingChangeRow, 'version' | (typeof CONTENT)[number]>
    >;
    for (const row of rows) found.set(row.version, contentOf(row));
  }
  return found;
}

function contentOf({
  kind,
  value,
  sealed,
  key_id: keyId,
  reference,
}: Pick<SettingChangeRow, (typeof CONTENT)[number]>): SettingContent {
  if (kind === 'variable') return { kind, value: value ?? '' };
  if (reference !== null)
    return { kind: 'reference', reference: fromJson(reference) };
  return sealed !== null && keyId !== null
    ? { kind: 'secret', sealed: { sealed, keyId } }
    : { kind: 'none' };
}

/** A change before it has a number. */
export interface NewSettingChange
  extends Omit<SettingChangeRecord, 'version' | 'changedAt'> {
  app: string;
  /** Of a variable that does not only restore another; of a restart, the request that asked for it. */
  value?: string;
  /** Of a secret that does not only restore another; it is bound to the number. */
  seal?: (version: number) => SealedText;
}

/** Records a change of a setting. The caller holds the lock of the app. @returns its number */
export async function insertSettingChange(
  tx: Knex.Transaction,
  change: NewSettingChange,
  at: Date,
): Promise<number> {
  const { app, environment, name, kind, reference, restores } = change;
  const { changedBy, why } = change;
  const last = (await tx('setting_changes')
    .where({ app })
    .max({ version: 'version' })
    .first()) as { version: number | null } | undefined;
  const version = Number(last?.version ?? 0) + 1;
  const sealed = change.seal?.(version);
  await tx('setting_changes').insert({
    app,
    version,
    environment: environment ?? null,
    name,
    kind,
    value: change.value ?? null,
    sealed: sealed?.sealed ?? null,
    key_id: sealed?.keyId ?? null,
    reference: toOptionalJson(reference),
    restores: restores ?? null,
    changed_by: changedBy,
    changed_at: at.getTime(),
    why: why ?? null,
  });
  return version;
}
