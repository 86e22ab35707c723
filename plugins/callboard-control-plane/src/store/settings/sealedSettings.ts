import type { SealedText } from '@callboard/plugin-callboard-node';
import type { Knex } from 'knex';
import type { SettingChangeRow } from '../tables';

/** A secret in its sealed form, and its app. */
export interface SealedSetting {
  app: string;
  version: number;
  name: string;
  sealed: SealedText;
}

/** Secrets of all apps that were sealed with a key other than this one, at most `limit`. */
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

/** Replaces a sealed secret with one sealed by another key, unless it was replaced already. */
export async function replaceSealed(
  tx: Knex,
  { app, version, sealed: before }: SealedSetting,
  after: SealedText,
): Promise<void> {
  await tx('setting_changes')
    .where({ app, version, key_id: before.keyId })
    .update({ sealed: after.sealed, key_id: after.keyId });
}
