import type { SettingReference } from '@callboard/plugin-callboard-common';
import {
  RESTART,
  type SettingChange,
  type SettingInForce,
  type SettingsInForce,
} from './types';

/**
 * Returns the settings in force in an environment after these changes: those
 * for the environment take precedence over those for all environments. Pure.
 *
 * @param changes - of the app, the oldest first; those of other environments
 *   are ignored
 * @param upTo - the last change that counts; all of them when omitted
 * @returns undefined where nothing was ever set there
 */
export function resolveSettings(
  changes: readonly SettingChange[],
  environment: string,
  upTo: number = Infinity,
): SettingsInForce | undefined {
  const everywhere = new Map<string, SettingInForce>();
  const here = new Map<string, SettingInForce>();
  const byName = new Map<string, SettingInForce>();
  const references = new Map<number, SettingReference>();
  let last: number | undefined;
  for (const change of changes) {
    const { version, name, kind, restores } = change;
    const isHere = change.environment === environment;
    if (version > upTo) break;
    if (!isHere && change.environment !== undefined) continue;
    const scope = isHere ? here : everywhere;
    const valueVersion = restores ?? version;
    if (change.reference) references.set(version, change.reference);
    const reference = references.get(valueVersion);
    if (kind === 'none') scope.delete(name);
    else
      scope.set(name, {
        name,
        kind,
        version,
        valueVersion,
        ...(reference && { reference }),
        ...(isHere && { environment }),
      });
    const before = byName.get(name);
    const after = here.get(name) ?? everywhere.get(name);
    if (before?.version === after?.version) continue;
    last = version;
    if (after) byName.set(name, withBefore(after, before));
    else byName.delete(name);
  }
  return last === undefined ? undefined : { version: last, byName };
}

function withBefore(
  after: SettingInForce,
  before: SettingInForce | undefined,
): SettingInForce {
  if (after.kind !== 'secret' || before?.kind !== 'secret') return after;
  const { valueVersion: version, reference } = before;
  return version === after.valueVersion
    ? after
    : { ...after, before: { version, ...(reference && { reference }) } };
}

/** Returns the number of the change that restarted instances last; undefined where there was none. */
export function restartIn(
  settings: SettingsInForce | undefined,
): number | undefined {
  return settings?.byName.get(RESTART)?.valueVersion;
}

/** Returns whether the same values are in force, whatever changes led to them. */
export function areSameSettings(
  a: SettingsInForce | undefined,
  b: SettingsInForce | undefined,
): boolean {
  return textOf(a) === textOf(b);
}

function textOf(settings: SettingsInForce | undefined): string {
  return [...(settings?.byName.values() ?? [])]
    .map(({ name, valueVersion }) => `${name}.${valueVersion}`)
    .sort()
    .join();
}
