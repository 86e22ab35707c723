import { canonicalJson } from '../canonicalJson';
import { scanPlaceholders } from './scanPlaceholders';

/** What placeholders may refer to. */
export interface PlaceholderScope {
  metadata: Record<string, unknown>;
  /** Outputs by resource. A resource that is a mere value (a volume) is that value. */
  resources: Record<string, unknown>;
}

/** Why a placeholder has no value. */
export type PlaceholderFault =
  | { kind: 'unknown-root'; reference: string; known: string[] }
  | { kind: 'incomplete'; reference: string; known: string[] }
  | { kind: 'unknown-name'; reference: string; name: string; known: string[] }
  | { kind: 'too-large'; limit: number }
  | { kind: 'not-a-map'; reference: string; name: string };

export type Resolved =
  | { ok: true; value: string }
  | { ok: false; fault: PlaceholderFault };

/** In characters. No object of a cluster may be larger, so no text in it need be. */
export const MAX_EXPANDED_LENGTH = 1_000_000;

/**
 * Replaces every placeholder of a text by what it refers to. What is not text
 * becomes compact JSON with sorted keys. Values are put in as they are: a
 * placeholder inside a value is not expanded again.
 *
 * @param maxLength - characters of the result, so that a text that repeats a large value is refused and not written out
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
    const found: Resolved =
      'text' in piece
        ? { ok: true, value: piece.text }
        : lookUp(piece.reference, scope);
    if (!found.ok) return found;
    value += found.value;
    if (value.length > maxLength)
      return {
        ok: false,
        fault: { kind: 'too-large', limit: MAX_EXPANDED_LENGTH },
      };
  }
  return { ok: true, value };
}

/** The references of a text as parts, in their order: `${resources.db.host}` is `['resources', 'db', 'host']`. */
export function listReferences(text: string): string[][] {
  return scanPlaceholders(text).flatMap(piece =>
    'reference' in piece ? [splitReference(piece.reference)] : [],
  );
}

/** Splits at dots; `\.` is a dot inside a part. */
export function splitReference(reference: string): string[] {
  return reference
    .replaceAll('\\.', '\0')
    .split('.')
    .map(part => part.replaceAll('\0', '.'));
}

function lookUp(reference: string, scope: PlaceholderScope): Resolved {
  const [root, ...names] = splitReference(reference);
  if (root !== 'metadata' && root !== 'resources') {
    const known = ['metadata', 'resources'];
    return refuse({ kind: 'unknown-root', reference, known });
  }
  let value: unknown = scope[root];
  for (const name of names) {
    if (!isMap(value)) return refuse({ kind: 'not-a-map', reference, name });
    if (!Object.hasOwn(value, name)) {
      const known = namesOf(value);
      return refuse({ kind: 'unknown-name', reference, name, known });
    }
    value = value[name];
  }
  // A resource as a whole is its value only where it is one (a volume), never all of its outputs.
  const depth = root === 'resources' ? 2 : 1;
  if (names.length < depth && isMap(value)) {
    return refuse({ kind: 'incomplete', reference, known: namesOf(value) });
  }
  return {
    ok: true,
    value: typeof value === 'string' ? value : writeJson(value),
  };
}

/** As Go writes JSON: safe to stand in a page. */
function writeJson(value: unknown): string {
  return canonicalJson(value).replace(
    /[<>&\u2028\u2029]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function refuse(fault: PlaceholderFault): Resolved {
  return { ok: false, fault };
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function namesOf(value: object): string[] {
  return Object.keys(value).sort();
}
