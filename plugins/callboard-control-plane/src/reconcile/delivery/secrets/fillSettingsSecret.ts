import { readSettingVersions } from '@callboard/plugin-callboard-core';
import {
  type KubeObject,
  type Result,
  SETTINGS_SECRET_NAME,
  ok,
} from '@callboard/plugin-callboard-common';
import type { ReconcileContext } from '../../ReconcileContext';
import { openSettingSecrets } from '../../settings/settingSecrets';

/**
 * Puts the values into the Secret of an app's settings before it is applied:
 * until then it holds names and versions alone.
 */
export async function fillSettingsSecret(
  objects: readonly KubeObject[],
  app: string,
  { deps }: Pick<ReconcileContext, 'deps'>,
): Promise<Result<KubeObject[]>> {
  const secret = objects.find(
    ({ kind, metadata }) =>
      kind === 'Secret' && metadata.name === SETTINGS_SECRET_NAME,
  );
  if (!secret) return ok([...objects]);
  const opened = await openSettingSecrets(
    deps,
    app,
    readSettingVersions(secret),
  );
  if (!opened.ok) return opened;
  const data = Object.fromEntries(
    [...opened.value].map(([key, value]) => [
      key,
      Buffer.from(value).toString('base64'),
    ]),
  );
  return ok(
    objects.map(object => (object === secret ? { ...secret, data } : object)),
  );
}
