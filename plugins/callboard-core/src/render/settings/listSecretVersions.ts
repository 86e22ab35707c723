import type { SettingReference } from '@callboard/plugin-callboard-common';
import type { NeededSetting, SettingsInForce } from './types';

/** A version of a secret setting; with what it refers to, where it is no value. */
export interface SecretVersion {
  name: string;
  version: number;
  reference?: SettingReference;
}

/** The secrets that a release reads, each with the version before it, which instances that still run may read. */
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
