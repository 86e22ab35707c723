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
  if (!(now.getTime() < Date.parse(scope.expiresAt))) return false;
  const segments = readSegments(request.path);
  if (segments === undefined) return false;
  const rule = scope.rules.find(
    each => each.methods.includes(request.method) && isMatch(each, segments),
  );
  return rule?.effect === 'allow';
}

function isMatch(rule: ScopeRule, segments: string[]): boolean {
  const pattern = rule.path.split('/').slice(1);
  const isOpen = pattern[pattern.length - 1] === '**';
  const fixed = isOpen ? pattern.slice(0, -1) : pattern;
  if (
    isOpen ? segments.length < fixed.length : segments.length !== fixed.length
  )
    return false;
  return fixed.every((each, i) => each === '*' || each === segments[i]);
}
