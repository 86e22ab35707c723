import type { SealedText } from '@callboard/plugin-callboard-node';
import type { Knex } from 'knex';
import type { SettingChangeRow } from '../tables';

/** A secret as it is kept, and whose it is. */
export interface SealedSetting {
  app: string;
  version: number;
  name: string;
  sealed: SealedText;
}

/** Secrets that were sealed with another key than this, the first ones of all apps. */
export async function findSealedOtherwise(
  tx: Knex,
  { keyId, limit }: { keyId: string; limit: number },
): Promise<SealedSetting[]> {
  const rows = (await tx('setting_changes')
    .whereNotNull('sealed')
    .whereNot({ key_id: keyId })
    .orderBy(['app', 'version'])
    .limit(limit)) as SettingChangeRow[];
  return rows.flatMap(({ app, version, name, sealed, key_id: id }) =>
    sealed === null || id === null
      ? []
      : [{ app, version, name, sealed: { sealed, keyId: id } }],
  );
}

/** Puts what another key sealed in the place of what is there, unless somebody else did already. */
export async function replaceSealed(
  tx: Knex,
  { app, version, sealed: before }: SealedSetting,
  after: SealedText,
): Promise<void> {
  await tx('setting_changes')
    .where({ app, version, key_id: before.keyId })
    .update({ sealed: after.sealed, key_id: after.keyId });
}
