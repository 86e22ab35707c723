import {
  ANNOTATIONS,
  type KubeObject,
  SETTINGS_SECRET_NAME,
} from '@callboard/plugin-callboard-common';
import { sortKeys } from '../canonicalJson';
import { environmentLabels } from '../labels';
import { namespaceOf } from '../namespaceOf';
import { listSecretVersions } from './listSecretVersions';
import { settingKeyOf } from './settingKeyOf';
import { isInStore, type NeededSetting, type SettingsInForce } from './types';

/** A version of a secret setting. */
export interface SettingVersion {
  name: string;
  version: number;
}

/**
 * The Secret with the settings that a release reads, by name and version, and
 * no value: who applies it puts the values in on the way. The version before is
 * kept beside each, for instances that run until theirs is replaced. One of a
 * fixed name, so that rights on a cluster need name no other.
 *
 * @returns undefined where the release reads no secret, or only such as stand in a store
 */
export function renderSettingsSecret(
  of: { app: string; environment: string },
  needed: readonly NeededSetting[],
  settings: SettingsInForce | undefined,
): KubeObject | undefined {
  const versions = listSecretVersions(needed, settings).filter(
    ({ reference }) => !isInStore(reference),
  );
  if (versions.length === 0) return undefined;
  return sortKeys({
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'Opaque',
    metadata: {
      name: SETTINGS_SECRET_NAME,
      namespace: namespaceOf(of.app, of.environment),
      labels: environmentLabels(of),
      annotations: {
        [ANNOTATIONS.secretVersion]: versions
          .map(({ name, version }) => settingKeyOf(name, version))
          .join(','),
      },
    },
  });
}

/** Which versions of which settings a Secret shall hold. */
export function readSettingVersions({
  metadata,
}: KubeObject): SettingVersion[] {
  const text = metadata.annotations?.[ANNOTATIONS.secretVersion] ?? '';
  return text.split(',').flatMap(part => {
    const [, name, digits] = /^([A-Z][A-Z0-9_]*)\.(\d{1,9})$/.exec(part) ?? [];
    return name === undefined ? [] : [{ name, version: Number(digits) }];
  });
}
