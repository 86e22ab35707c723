import {
  type SettingVersion,
  isInStore,
  settingKeyOf,
} from '@callboard/plugin-callboard-core';
import {
  type Problem,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type {
  PortalSecrets,
  SecretCipher,
} from '@callboard/plugin-callboard-node';
import type { Knex } from 'knex';
import { findSettingContents } from '../../store';

/**
 * The app and name to which an encrypted secret is bound: a row that is copied
 * to another app or name cannot be decrypted.
 */
export function belongingOf(
  app: string,
  name: string,
  version: number,
): string {
  return `setting ${app}/${settingKeyOf(name, version)}`;
}

/**
 * Returns the values of secrets by their keys on clusters, for immediate use:
 * they are never recorded, shown or published.
 */
export async function openSettingSecrets(
  {
    knex,
    secrets,
    portalSecrets,
  }: { knex: Knex; secrets?: SecretCipher; portalSecrets?: PortalSecrets },
  app: string,
  versions: readonly SettingVersion[],
): Promise<Result<Map<string, string>>> {
  const contents = await findSettingContents(
    knex,
    app,
    versions.map(({ version }) => version),
  );
  const opened = new Map<string, string>();
  for (const { name, version } of versions) {
    const content = contents.get(version);
    if (content?.kind === 'reference' && !isInStore(content.reference)) {
      const { portalSecret } = content.reference;
      const text = portalSecrets?.listFor(app).includes(portalSecret)
        ? await portalSecrets.read(portalSecret)
        : undefined;
      if (text === undefined)
        return failed(portalSecretMissing(name, portalSecret));
      opened.set(settingKeyOf(name, version), text);
    }
    if (content?.kind !== 'secret') continue;
    if (!secrets?.canOpen(content.sealed))
      return failed(keyMissing(name, content.sealed.keyId));
    opened.set(
      settingKeyOf(name, version),
      secrets.open(content.sealed, belongingOf(app, name, version)),
    );
  }
  return ok(opened);
}

/** Returns the problem that the portal secret of a setting is missing, or no longer available to this app. */
function portalSecretMissing(name: string, portalSecret: string): Problem {
  return {
    code: 'portal-secret-missing',
    what: `Cannot read the secret ${name}`,
    why: `it refers to "${portalSecret}" of the portal, which the app may not read or which is not there`,
    next: `Ask the platform team for "${portalSecret}" (callboard.secrets.references), or set ${name} to a value`,
    transient: true,
  };
}

/** Returns the problem that the portal was started without the key of a secret. */
function keyMissing(name: string, keyId: string): Problem {
  return {
    code: 'secret-key-missing',
    what: `Cannot read the secret ${name}`,
    why: `it was sealed with the key ${keyId}, which this portal does not have`,
    next: 'Start the portal with that key among its keys, or set the secret again',
    transient: false,
  };
}
