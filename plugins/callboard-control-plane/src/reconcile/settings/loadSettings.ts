import {
  type SettingInForce,
  type Settings,
  type SettingsInForce,
  resolveSettings,
} from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import {
  type SettingChangeRecord,
  findSettingChanges,
  findSettingContents,
} from '../../store';

/** An environment of an app. */
export interface SettingsOf {
  app: string;
  environment: string;
}

/** Returns the current settings in an environment of an app, and all changes that led to them. */
export async function findSettings(
  tx: Knex,
  of: SettingsOf,
  at?: Date,
): Promise<{
  changes: SettingChangeRecord[];
  inForce: SettingsInForce | undefined;
}> {
  const changes = await findSettingChanges(tx, { ...of, at });
  return { changes, inForce: resolveSettings(changes, of.environment) };
}

/** Returns the settings as of a change, with the values of variables; `undefined` where nothing is set. */
export async function loadSettings(
  tx: Knex,
  of: SettingsOf,
  version: number | undefined,
): Promise<Settings | undefined> {
  if (version === undefined) return undefined;
  const changes = await findSettingChanges(tx, of);
  const inForce = resolveSettings(changes, of.environment, version);
  return (
    inForce && {
      ...inForce,
      variables: await readVariables(tx, of.app, [...inForce.byName.values()]),
    }
  );
}

/** Returns the values of the variables among settings, by name. */
export async function readVariables(
  tx: Knex,
  app: string,
  settings: readonly SettingInForce[],
): Promise<Record<string, string>> {
  const variables = settings.filter(({ kind }) => kind === 'variable');
  const contents = await findSettingContents(
    tx,
    app,
    variables.map(({ valueVersion }) => valueVersion),
  );
  return Object.fromEntries(
    variables.map(({ name, valueVersion }) => {
      const content = contents.get(valueVersion);
      return [name, content?.kind === 'variable' ? content.value : ''];
    }),
  );
}
