import { readSegments } from './readSegments';
import type { Scope, ScopeRule } from './Scope';

/**
 * Whether a request is within what the hub signed for. The first rule that fits
 * decides; what no rule speaks of is outside. A path that is not written in its
 * plainest form is outside too: it may mean something else to the API server.
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
  /** Whatever follows is meant too. */
  isOpen: boolean;
}

/** Scopes are signed, hence never changed: each is taken apart once. */
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
