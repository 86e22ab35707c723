import {
  type SettingVersion,
  readSettingVersions,
  settingKeyOf,
} from '@callboard/plugin-callboard-core';
import {
  type KubeObject,
  type Result,
  SETTINGS_SECRET_NAME,
  isRecord,
  ok,
} from '@callboard/plugin-callboard-common';
import type { SecretReader } from '../../roles';
import { openSettingSecrets } from '../../settings/settingSecrets';

/**
 * Fills the Secret of an app's settings with its values before it is applied:
 * until then it holds names and versions only.
 */
export async function fillSettingsSecret(
  objects: readonly KubeObject[],
  app: string,
  { deps }: SecretReader,
): Promise<Result<KubeObject[]>> {
  const secret = objects.find(
    ({ kind, metadata }) =>
      kind === 'Secret' && metadata.name === SETTINGS_SECRET_NAME,
  );
  if (!secret) return ok([...objects]);
  const versions = readSettingVersions(secret);
  const read = keysReadBy(objects);
  const isRead = ({ name, version }: SettingVersion) =>
    read.has(settingKeyOf(name, version));
  const opened = await openSettingSecrets(deps, app, versions.filter(isRead));
  if (!opened.ok) return opened;
  // The others are for instances that are being replaced: a value that cannot be decrypted
  // any more must not prevent that.
  const former = await Promise.all(
    versions
      .filter(version => !isRead(version))
      .map(version => openSettingSecrets(deps, app, [version])),
  );
  const values = [
    ...opened.value,
    ...former.flatMap(each => (each.ok ? [...each.value] : [])),
  ];
  const data = Object.fromEntries(
    values.map(([key, value]) => [key, Buffer.from(value).toString('base64')]),
  );
  return ok(
    objects.map(object => (object === secret ? { ...secret, data } : object)),
  );
}

/** Returns the keys of settings that objects refer to, in any field. */
function keysReadBy(objects: readonly KubeObject[]): Set<string> {
  const keys = new Set<string>();
  const look = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(look);
    if (!isRecord(value)) return;
    if (typeof value.key === 'string') keys.add(value.key);
    Object.values(value).forEach(look);
  };
  objects.forEach(look);
  return keys;
}
