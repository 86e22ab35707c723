import { readSegments } from './readSegments';
import type { Scope, ScopeRule } from './Scope';

/**
 * Whether the hub's signed scope allows a request. The first matching rule
 * decides; without one the request is refused. So is a path that is not in its
 * canonical form: the API server might read it differently.
 */
export function isWithinScope(
  scope: Scope,
  request: { method: string; path: string },
  now: Date,
): boolean {
  const { expiresAtMs, rules } = takeApart(scope);
  if (!(now.getTime() < expiresAtMs)) return false;
  const segments = readSegments(request.path);
  if (segments === undefined) return false;
  const rule = rules.find(
    each => each.methods.includes(request.method) && isMatch(each, segments),
  );
  return rule?.effect === 'allow';
}

interface Pattern extends Pick<ScopeRule, 'effect' | 'methods'> {
  fixed: readonly string[];
  /** The rule also matches any further segments. */
  isOpen: boolean;
}

/** Parsed scopes. A scope is signed, so it never changes and is parsed once. */
const APART = new WeakMap<
  Scope,
  { expiresAtMs: number; rules: readonly Pattern[] }
>();

function takeApart(scope: Scope) {
  const known = APART.get(scope);
  if (known !== undefined) return known;
  const apart = {
    expiresAtMs: Date.parse(scope.expiresAt),
    rules: scope.rules.map(({ effect, methods, path }) => {
      const segments = path.split('/').slice(1);
      const isOpen = segments[segments.length - 1] === '**';
      const fixed = isOpen ? segments.slice(0, -1) : segments;
      return { effect, methods, fixed, isOpen };
    }),
  };
  APART.set(scope, apart);
  return apart;
}

function isMatch({ fixed, isOpen }: Pattern, segments: string[]): boolean {
  if (
    isOpen ? segments.length < fixed.length : segments.length !== fixed.length
  )
    return false;
  return fixed.every((each, i) => each === '*' || each === segments[i]);
}
