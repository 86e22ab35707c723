import { isRecord } from '@callboard/plugin-callboard-common';
import { inTurns } from '../inTurns';
import { type SettingChangeRecord, findSettingChanges } from '../../store';
import type { ReconcileContext } from '../ReconcileContext';
import type { SecretFinder } from './SecretFinder';
import type { SecretMask, SizedMask } from './SecretMasks';
import { findSecrets, prepareFinder } from './findSecrets';
import { openSettingSecrets } from './settingSecrets';

const MOST = 200; // the newest ones
const CUT_FROM = 200; // characters; what is shorter was not cut
const HIDDEN = '•••';

/** Fields that hold words of an app, a cluster or a person; others hold names and codes that are compared. */
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
 * What hides the secrets that are or were set for an app, as they are and as
 * JSON, addresses and headers write them, alone or among other bytes. What an app prints, and what a cluster
 * says of it, goes through this before it is shown or recorded.
 */
export async function maskSecretsOf(
  app: string,
  { deps, secretMasks }: Pick<ReconcileContext, 'deps' | 'secretMasks'>,
): Promise<SecretMask> {
  const changes = await findSettingChanges(deps.knex, { app });
  const versions = changes.filter(isOwnSecret).slice(-MOST);
  if (versions.length === 0) return value => value;
  // What was set at a time under a number never changes.
  const of = versions.map(({ name, version, changedAt }) => [
    name,
    version,
    changedAt.getTime(),
  ]);
  return secretMasks.get(app, JSON.stringify(of), async () => {
    // One whose key is gone was given to no cluster since.
    const opened = await Promise.all(
      versions.map(each => openSettingSecrets(deps, app, [each])),
    );
    const secrets = opened.flatMap(each =>
      each.ok ? [...each.value.values()] : [],
    );
    return inTurns(prepareMask(secrets));
  });
}

function isOwnSecret({ kind, restores }: SettingChangeRecord): boolean {
  return kind === 'secret' && restores === undefined;
}

/** Pure: the same secrets hide the same. Pauses where others may have their turn. */
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
