import type { V1EnvVar } from '@kubernetes/client-node';
import type { ScoreContainer } from '@callboard/plugin-callboard-common';
import {
  type Rendered,
  cannotRender,
  placeholderFault,
  rendered,
} from '../RenderFault';
import {
  type PlaceholderScope,
  type ResolvedPiece,
  type SecretRef,
  resolvePieces,
} from '../placeholders';
import { MAX_EXPANDED_LENGTH } from '../placeholders/resolvePlaceholders';
import { sortedEntries } from '../sortedEntries';

/** Helper variables that are only referred to by others, one for each secret. */
class SecretVariables {
  readonly #taken: ReadonlySet<string>;
  readonly #names = new Map<string, { name: string; secret: SecretRef }>();
  #count = 0;

  constructor(taken: readonly string[]) {
    this.#taken = new Set(taken);
  }

  nameFor(secret: SecretRef): string {
    const key = `${secret.name}/${secret.key}`;
    const known = this.#names.get(key);
    if (known) return known.name;
    let name: string;
    do {
      this.#count += 1;
      name = `CALLBOARD_SECRET_${this.#count}`;
    } while (this.#taken.has(name));
    this.#names.set(key, { name, secret });
    return name;
  }

  list(): V1EnvVar[] {
    return [...this.#names.values()].map(({ name, secret }) => ({
      name,
      valueFrom: { secretKeyRef: secret },
    }));
  }
}

/**
 * Renders the variables of a container. They arrive in it as they are written,
 * so `$(` and `$$` in them are escaped. A variable that is a secret refers to
 * the key of its Secret; in one that holds a secret among other text,
 * Kubernetes expands `$(CALLBOARD_SECRET_n)`, a variable of its own, so that
 * the value is read on the cluster only.
 */
export function renderVariables({
  name,
  container,
  scope,
}: {
  name: string;
  container: ScoreContainer;
  scope: PlaceholderScope;
}): Rendered<V1EnvVar[]> {
  const env: V1EnvVar[] = [];
  const helpers = new SecretVariables(Object.keys(container.variables ?? {}));
  let left = MAX_EXPANDED_LENGTH;
  for (const [variable, text] of sortedEntries(container.variables)) {
    const path = ['containers', name, 'variables', variable];
    const resolved = resolvePieces(text, scope, left);
    if (!resolved.ok)
      return cannotRender(placeholderFault(path, resolved.fault));
    const pieces = resolved.value;
    if (pieces.some(piece => 'text' in piece && piece.text.includes('\0'))) {
      return cannotRender({
        code: 'variable-invalid',
        path,
        why: 'it contains the character U+0000, at which every program would stop reading',
        next: 'Remove the character, or use a file',
      });
    }
    left -= pieces.reduce((sum, piece) => sum + lengthOf(piece), 0);
    env.push({ name: variable, ...valueOf(pieces, helpers) });
  }
  // Kubernetes expands only variables that are defined earlier.
  return rendered([...helpers.list(), ...env]);
}

function valueOf(
  pieces: readonly ResolvedPiece[],
  helpers: SecretVariables,
): Omit<V1EnvVar, 'name'> {
  const [only] = pieces;
  if (pieces.length === 1 && 'secret' in only)
    return { valueFrom: { secretKeyRef: only.secret } };
  return {
    value: pieces
      .map((piece, index) =>
        'text' in piece
          ? escapeReferences(piece.text, index + 1 < pieces.length)
          : `$(${helpers.nameFor(piece.secret)})`,
      )
      .join(''),
  };
}

function lengthOf(piece: ResolvedPiece): number {
  return 'text' in piece ? piece.text.length : piece.secret.key.length;
}

/** Kubernetes reads `$(NAME)` as another variable and `$$` as a dollar; the text must arrive unchanged. */
function escapeReferences(text: string, isBeforeReference: boolean): string {
  return text.replace(
    isBeforeReference ? /\$(?=[$(]|$)/g : /\$(?=[$(])/g,
    '$$$$',
  );
}
