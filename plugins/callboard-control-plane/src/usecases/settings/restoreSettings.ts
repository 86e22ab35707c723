import {
  areSameSettings,
  resolveSettings,
} from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import { findSettingChanges, insertSettingChange } from '../../store';

/**
 * Restores the settings of an environment as of an earlier change, so that a
 * release that is rolled back to has the settings that it ran with. Other
 * environments keep theirs.
 *
 * @returns the number of the last change; undefined where nothing had to change
 */
export async function restoreSettings(
  tx: Knex.Transaction,
  of: { app: string; environment: string; by: string; why: string },
  version: number | undefined,
  at: Date,
): Promise<number | undefined> {
  const { app, environment, by, why } = of;
  const changes = await findSettingChanges(tx, { app, environment });
  const now = resolveSettings(changes, environment);
  const before =
    version === undefined
      ? undefined
      : resolveSettings(changes, environment, version);
  if (areSameSettings(now, before)) return undefined;
  const names = new Set([
    ...(now?.byName.keys() ?? []),
    ...(before?.byName.keys() ?? []),
  ]);
  let last: number | undefined;
  for (const name of [...names].sort()) {
    const is = now?.byName.get(name);
    const was = before?.byName.get(name);
    if (is?.valueVersion === was?.valueVersion) continue;
    // A setting for all environments stays there: a release that did not read it before does
    // not read it now.
    if (!was && is?.environment === undefined) continue;
    last = await insertSettingChange(
      tx,
      {
        app,
        environment,
        name,
        kind: was?.kind ?? 'none',
        ...(was && { restores: was.valueVersion }),
        changedBy: by,
        why,
      },
      at,
    );
  }
  return last;
}
