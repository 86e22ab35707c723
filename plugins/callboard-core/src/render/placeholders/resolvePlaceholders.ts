import { canonicalJson } from '../canonicalJson';
import { type SecretRef, SecretText } from './SecretText';
import { scanPlaceholders } from './scanPlaceholders';
import { splitReference } from './splitReference';

/** Values that placeholders may refer to. */
export interface PlaceholderScope {
  metadata: Record<string, unknown>;
  /**
   * Outputs by resource. A resource that is a plain value (a volume) is that
   * value; a value that only the cluster knows is a `SecretText`.
   */
  resources: Record<string, unknown>;
}

/** Reason why a placeholder has no value. */
export type PlaceholderFault =
  | { kind: 'unknown-root'; reference: string; known: string[] }
  | { kind: 'incomplete'; reference: string; known: string[] }
  | { kind: 'unknown-name'; reference: string; name: string; known: string[] }
  | { kind: 'too-large'; limit: number }
  | { kind: 'secret'; reference: string }
  | { kind: 'not-a-map'; reference: string; name: string };

export type Resolved =
  | { ok: true; value: string }
  | { ok: false; fault: PlaceholderFault };

/** A text, or a value that only the cluster knows. */
export type ResolvedPiece = { text: string } | { secret: SecretRef };

export type ResolvedPieces =
  | { ok: true; value: ResolvedPiece[] }
  | { ok: false; fault: PlaceholderFault };

/** In characters. No object of a cluster may be larger, so neither may a text in it. */
export const MAX_EXPANDED_LENGTH = 1_000_000;

/**
 * Replaces every placeholder of a text by its value. Values that are not text
 * become compact JSON with sorted keys. Values are not expanded again: a
 * placeholder inside a value is kept. A secret is a fault: its value never
 * leaves the cluster.
 *
 * @param maxLength - characters of the result, so that a text that repeats a
 *   large value is refused and not written out
 *
 * Source: score-go 1.12, framework/substitution.go.
 */
export function resolvePlaceholders(
  text: string,
  scope: PlaceholderScope,
  maxLength: number = MAX_EXPANDED_LENGTH,
): Resolved {
  let value = '';
  for (const piece of scanPlaceholders(text)) {
    const found = 'text' in piece ? piece.text : lookUp(piece.reference, scope);
    if (typeof found !== 'string')
      return found instanceof SecretText
        ? refuse({
            kind: 'secret',
            reference: 'reference' in piece ? piece.reference : '',
          })
        : found;
    value += found;
    if (value.length > maxLength) return tooLarge();
  }
  return { ok: true, value };
}

/**
 * Like `resolvePlaceholders`, for fields in which Kubernetes itself can expand
 * secrets: returns pieces in their order, adjacent texts joined, none of them
 * empty.
 */
export function resolvePieces(
  text: string,
  scope: PlaceholderScope,
  maxLength: number = MAX_EXPANDED_LENGTH,
): ResolvedPieces {
  const pieces: ResolvedPiece[] = [];
  let length = 0;
  for (const piece of scanPlaceholders(text)) {
    const found = 'text' in piece ? piece.text : lookUp(piece.reference, scope);
    if (typeof found !== 'string' && !(found instanceof SecretText))
      return found;
    const more = typeof found === 'string' ? [{ text: found }] : found.pieces;
    for (const each of more) {
      length += 'text' in each ? each.text.length : each.secret.key.length;
      if (length > maxLength) return tooLarge();
      const last = pieces.at(-1);
      if ('secret' in each) pieces.push(each);
      else if (each.text === '') continue;
      else if (last && 'text' in last)
        pieces[pieces.length - 1] = { text: last.text + each.text };
      else pieces.push(each);
    }
  }
  return { ok: true, value: pieces };
}

/** Parts of a reference that callers need at most: `resources.db.host`. */
const LISTED_PARTS = 3;

/**
 * Lists the references of a text as parts, in their order:
 * `${resources.db.host}` is `['resources', 'db', 'host']`; further parts are
 * left out.
 */
export function listReferences(text: string): string[][] {
  const references: string[][] = [];
  for (const piece of scanPlaceholders(text))
    if ('reference' in piece) references.push(firstParts(piece.reference));
  return references;
}

function firstParts(reference: string): string[] {
  const parts: string[] = [];
  for (const part of splitReference(reference)) {
    parts.push(part);
    if (parts.length === LISTED_PARTS) break;
  }
  return parts;
}

type Fault = { ok: false; fault: PlaceholderFault };

function lookUp(
  reference: string,
  scope: PlaceholderScope,
): string | SecretText | Fault {
  const names = splitReference(reference);
  const root = names.next().value;
  if (root !== 'metadata' && root !== 'resources') {
    const known = ['metadata', 'resources'];
    return refuse({ kind: 'unknown-root', reference, known });
  }
  let value: unknown = scope[root];
  let depth = 0;
  for (const name of names) {
    depth += 1;
    if (!isMap(value)) return refuse({ kind: 'not-a-map', reference, name });
    if (!Object.hasOwn(value, name)) {
      const known = namesOf(value);
      return refuse({ kind: 'unknown-name', reference, name, known });
    }
    value = value[name];
  }
  // A whole resource has a value only where it is one (a volume), never all of its outputs.
  const least = root === 'resources' ? 2 : 1;
  if (depth < least && isMap(value)) {
    return refuse({ kind: 'incomplete', reference, known: namesOf(value) });
  }
  if (typeof value === 'string' || value instanceof SecretText) return value;
  return holdsSecret(value)
    ? refuse({ kind: 'secret', reference })
    : writeJson(value);
}

/** Writes JSON as Go does: safe to embed in HTML. */
function writeJson(value: unknown): string {
  return canonicalJson(value).replace(
    /[<>&\u2028\u2029]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function refuse(fault: PlaceholderFault): Fault {
  return { ok: false, fault };
}

function tooLarge(): Fault {
  return refuse({ kind: 'too-large', limit: MAX_EXPANDED_LENGTH });
}

function holdsSecret(value: unknown): boolean {
  return (
    value instanceof SecretText ||
    (typeof value === 'object' &&
      value !== null &&
      Object.values(value).some(holdsSecret))
  );
}

function isMap(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof SecretText)
  );
}

function namesOf(value: object): string[] {
  return Object.keys(value).sort();
}
