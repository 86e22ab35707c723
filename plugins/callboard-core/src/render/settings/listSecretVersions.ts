import type { SettingReference } from '@callboard/plugin-callboard-common';
import type { NeededSetting, SettingsInForce } from './types';

/** A version of a secret setting; with its reference, where its value is in a store. */
export interface SecretVersion {
  name: string;
  version: number;
  reference?: SettingReference;
}

/** Lists the secrets that a release reads, each with its previous version, which running instances may still read. */
export function listSecretVersions(
  needed: readonly NeededSetting[],
  settings: SettingsInForce | undefined,
): SecretVersion[] {
  return needed.flatMap(({ name, secret }): SecretVersion[] => {
    const there = settings?.byName.get(name);
    if (!secret || there?.kind !== 'secret') return [];
    const { valueVersion: version, reference, before } = there;
    return [
      { name, version, ...(reference && { reference }) },
      ...(before ? [{ name, ...before }] : []),
    ];
  });
}
