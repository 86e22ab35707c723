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
 * Renders the Secret with the settings that a release reads, by name and
 * version, without values: they are added when it is applied. The previous
 * version is kept beside each, for instances that run until they are replaced.
 * It has a fixed name, so that permissions on a cluster need to name only this
 * one.
 *
 * @returns undefined where the release reads no secret, or only secrets in a
 *   store
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

/** Reads the desired versions of settings from a Secret. */
export function readSettingVersions({
  metadata,
}: KubeObject): SettingVersion[] {
  const text = metadata.annotations?.[ANNOTATIONS.secretVersion] ?? '';
  return text.split(',').flatMap(part => {
    const [, name, digits] = /^([A-Z][A-Z0-9_]*)\.(\d{1,9})$/.exec(part) ?? [];
    return name === undefined ? [] : [{ name, version: Number(digits) }];
  });
}
