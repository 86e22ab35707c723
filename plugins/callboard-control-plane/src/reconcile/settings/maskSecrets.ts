import { isRecord } from '@callboard/plugin-callboard-common';
import { type SettingChangeRecord, findSettingChanges } from '../../store';
import type { ReconcileContext } from '../ReconcileContext';
import { openSettingSecrets } from './settingSecrets';

const SHORTEST = 4; // a secret that is shorter is part of every other word
const SHORTEST_LINE = 8; // of a secret of several lines, such as a key in PEM
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

/** Takes known secrets out of a text, or out of all words in a value. */
export type SecretMask = <T>(value: T) => T;

/**
 * What hides the secrets that are or were set for an app, as they are and as
 * JSON, addresses and headers write them. What an app prints, and what a cluster
 * says of it, goes through this before it is shown or recorded.
 */
export async function maskSecretsOf(
  app: string,
  { deps }: Pick<ReconcileContext, 'deps'>,
): Promise<SecretMask> {
  const changes = await findSettingChanges(deps.knex, { app });
  const versions = changes.filter(isOwnSecret).slice(-MOST);
  if (versions.length === 0) return value => value;
  // One whose key is gone was given to no cluster since.
  const opened = await Promise.all(
    versions.map(each => openSettingSecrets(deps, app, [each])),
  );
  return maskOf(
    opened.flatMap(each => (each.ok ? [...each.value.values()] : [])),
  );
}

function isOwnSecret({ kind, restores }: SettingChangeRecord): boolean {
  return kind === 'secret' && restores === undefined;
}

/** Pure: the same secrets hide the same. */
export function maskOf(secrets: readonly string[]): SecretMask {
  const forms = [...new Set(secrets.flatMap(formsOf))]
    // A longer one may hold a shorter one.
    .sort((a, b) => b.length - a.length);
  const mask = (value: unknown, isWords: boolean): unknown => {
    if (typeof value === 'string')
      return isWords ? maskText(value, forms) : value;
    if (Array.isArray(value)) return value.map(each => mask(each, isWords));
    if (!isRecord(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [
        name,
        mask(each, WORDS.has(name)),
      ]),
    );
  };
  return value => mask(value, true) as typeof value;
}

function maskText(text: string, forms: readonly string[]): string {
  const masked = forms.reduce(
    (rest, form) => rest.replaceAll(form, HIDDEN),
    text,
  );
  // A text that was cut to a length may end within a secret.
  if (masked.length < CUT_FROM) return masked;
  const end = masked.replace(/…$/, '');
  const cut = Math.max(0, ...forms.map(form => overlapOf(end, form)));
  return cut === 0 ? masked : `${end.slice(0, -cut)}${HIDDEN}`;
}

/** How many characters at the end of a text are the beginning of another. */
function overlapOf(text: string, other: string): number {
  for (
    let length = Math.min(other.length - 1, text.length);
    length >= SHORTEST;
    length -= 1
  )
    if (text.endsWith(other.slice(0, length))) return length;
  return 0;
}

function formsOf(secret: string): string[] {
  const lines = secret
    .split(/\r?\n/)
    .filter((line, _, all) => all.length > 1 && line.length >= SHORTEST_LINE);
  return [secret, ...lines]
    .filter(text => text.length >= SHORTEST)
    .flatMap(text => {
      const base64 = Buffer.from(text).toString('base64');
      return [
        text,
        encodeURIComponent(toWellFormed(text)),
        base64.replace(/={1,2}$/, ''),
        encodeURIComponent(base64),
        Buffer.from(text).toString('base64url'),
      ];
    })
    .flatMap(form => [form, JSON.stringify(form).slice(1, -1)]);
}

/** Half a pair of surrogates cannot stand in an address. */
function toWellFormed(text: string): string {
  return Buffer.from(text).toString('utf8');
}
