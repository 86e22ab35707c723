import { createHash } from 'node:crypto';
import { isRecord } from '@callboard/plugin-callboard-common';
import { isInStore } from '@callboard/plugin-callboard-core';
import { inTurns } from '../inTurns';
import { type SettingChangeRecord, findSettingChanges } from '../../store';
import type { SecretMasker } from '../roles';
import type { SecretFinder } from './SecretFinder';
import type { SecretMask, SizedMask } from './SecretMasks';
import { findSecrets, prepareFinder } from './findSecrets';
import { openSettingSecrets } from './settingSecrets';

const MOST = 200; // the newest ones
const CUT_FROM = 200; // characters; what is shorter was not cut
const HIDDEN = '•••';

/** Fields with texts of an app, a cluster or a person; others hold names and codes that are compared. */
const WORDS: ReadonlySet<string> = new Set([
  'cause',
  'changedBefore',
  'evidence',
  'excerpt',
  'logTail',
  'message',
  'next',
  'value',
  'what',
  'why',
  'yaml',
]);

/**
 * Returns a mask of the secrets that are or were set for an app, as they are
 * and as JSON, addresses and headers encode them, alone or among other bytes.
 * Output of an app, and messages of a cluster about it, are masked before they
 * are shown or recorded.
 */
export async function maskSecretsOf(
  app: string,
  { deps, secretMasks }: SecretMasker,
): Promise<SecretMask> {
  const changes = await findSettingChanges(deps.knex, { app });
  const versions = changes.filter(isOwnSecret).slice(-MOST);
  const ofPortal = await recallPortalSecrets(changes, deps);
  if (versions.length === 0 && ofPortal.length === 0) return value => value;
  // A setting of a given version and time never changes; a secret of the portal may.
  const of = versions.map(({ name, version, changedAt }) => [
    name,
    version,
    changedAt.getTime(),
  ]);
  const digest = createHash('sha256').update(JSON.stringify(ofPortal));
  const id = JSON.stringify([of, digest.digest('hex')]);
  return secretMasks.get(app, id, async () => {
    // A secret whose key is gone has not been applied to any cluster since.
    const opened = await Promise.all(
      versions.map(each => openSettingSecrets(deps, app, [each])),
    );
    const secrets = opened.flatMap(each =>
      each.ok ? [...each.value.values()] : [],
    );
    return inTurns(prepareMask([...secrets, ...ofPortal]));
  });
}

/** Whether a change contains a value that the portal stores. */
function isOwnSecret(change: SettingChangeRecord): boolean {
  const { kind, restores, reference } = change;
  return kind === 'secret' && restores === undefined && reference === undefined;
}

/** Returns the values of the portal's own secrets that an app refers to or referred to, whether it still may or not. */
async function recallPortalSecrets(
  changes: readonly SettingChangeRecord[],
  { portalSecrets }: SecretMasker['deps'],
): Promise<string[]> {
  const names = changes.flatMap(({ reference }) =>
    reference && !isInStore(reference) ? [reference.portalSecret] : [],
  );
  const values = await Promise.all(
    [...new Set(names)]
      .slice(-MOST)
      .map(async name => (await portalSecrets?.recall(name)) ?? []),
  );
  return [...new Set(values.flat())].sort();
}

/** Pure: the same secrets give the same mask. Pauses so that other work has its turn. */
export function* prepareMask(
  secrets: readonly string[],
): Generator<void, SizedMask> {
  const { finder, size } = yield* prepareFinder(secrets);
  const mask = (value: unknown, isWords: boolean): unknown => {
    if (typeof value === 'string')
      return isWords ? maskText(value, finder) : value;
    if (Array.isArray(value)) return value.map(each => mask(each, isWords));
    if (!isRecord(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [
        name,
        mask(each, WORDS.has(name)),
      ]),
    );
  };
  return { mask: value => mask(value, true) as typeof value, size };
}

function maskText(text: string, finder: SecretFinder): string {
  // A text that was cut to a length may end within a secret.
  const isCut = text.length >= CUT_FROM;
  const whole = isCut ? text.replace(/…$/, '') : text;
  const found = findSecrets(finder, whole, { isCut });
  if (found.length === 0) return text;
  let masked = '';
  let from = 0;
  for (const { start, end } of found) {
    masked += `${whole.slice(from, start)}${HIDDEN}`;
    from = end;
  }
  return masked + (from === whole.length ? '' : text.slice(from));
}
