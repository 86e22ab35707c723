import { canonicalJson } from '../canonicalJson';

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
  | { kind: 'not-a-map'; reference: string; name: string };

export type Resolved =
  | { ok: true; value: string }
  | { ok: false; fault: PlaceholderFault };

// `$$` is a dollar, `$${x}` the text `${x}`, `${x}` the value of x; a `${` that is never closed stays as it is.
const PLACEHOLDER = /\$(?:\$\{[^}]*\}|\{([^}]*)\}|\$)/g;

/**
 * Replaces every placeholder of a text by what it refers to. What is not text
 * becomes compact JSON with sorted keys. Values are put in as they are: a
 * placeholder inside a value is not expanded again.
 *
 * Source: score-go 1.12, framework/substitution.go.
 */
export function resolvePlaceholders(
  text: string,
  scope: PlaceholderScope,
): Resolved {
  let fault: PlaceholderFault | undefined;
  const value = text.replace(
    PLACEHOLDER,
    (match, reference: string | undefined) => {
      if (reference === undefined) return match.slice(1);
      const found = lookUp(reference, scope);
      if (found.ok) return found.value;
      fault ??= found.fault;
      return '';
    },
  );
  return fault ? { ok: false, fault } : { ok: true, value };
}

/** The references of a text as parts, in their order: `${resources.db.host}` is `['resources', 'db', 'host']`. */
export function listReferences(text: string): string[][] {
  return [...text.matchAll(PLACEHOLDER)].flatMap(([, reference]) =>
    reference === undefined ? [] : [splitReference(reference)],
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
    return {
      ok: false,
      fault: {
        kind: 'unknown-root',
        reference,
        known: ['metadata', 'resources'],
      },
    };
  }
  if (names.length === 0) {
    return {
      ok: false,
      fault: { kind: 'incomplete', reference, known: namesOf(scope[root]) },
    };
  }
  let value: unknown = scope[root];
  for (const name of names) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return { ok: false, fault: { kind: 'not-a-map', reference, name } };
    }
    if (!Object.hasOwn(value, name)) {
      return {
        ok: false,
        fault: { kind: 'unknown-name', reference, name, known: namesOf(value) },
      };
    }
    value = (value as Record<string, unknown>)[name];
  }
  return {
    ok: true,
    value: typeof value === 'string' ? value : canonicalJson(value),
  };
}

function namesOf(value: object): string[] {
  return Object.keys(value).sort();
}
