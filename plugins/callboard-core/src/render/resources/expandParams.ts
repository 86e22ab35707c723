import type { FieldPath } from '@callboard/plugin-callboard-common';
import {
  type Rendered,
  cannotRender,
  placeholderFault,
  rendered,
} from '../RenderFault';
import {
  MAX_EXPANDED_LENGTH,
  type PlaceholderScope,
  resolvePlaceholders,
} from '../placeholders/resolvePlaceholders';

type Params = Record<string, unknown>;

/** Expands the placeholders in all texts of a resource's params, at any depth; keys are not expanded. */
export function expandParams(
  params: Params,
  scope: PlaceholderScope,
  at: FieldPath,
): Rendered<Params> {
  let left = MAX_EXPANDED_LENGTH;

  function expand(value: unknown, path: FieldPath): Rendered<unknown> {
    if (typeof value === 'string') {
      const resolved = resolvePlaceholders(value, scope, left);
      if (!resolved.ok)
        return cannotRender(placeholderFault(path, resolved.fault));
      left -= resolved.value.length;
      return rendered(resolved.value);
    }
    if (typeof value !== 'object' || value === null) return rendered(value);
    const isList = Array.isArray(value);
    const entries: Array<[string, unknown]> = [];
    for (const [key, field] of Object.entries(value)) {
      const expanded = expand(field, [...path, isList ? Number(key) : key]);
      if (!expanded.ok) return expanded;
      entries.push([key, expanded.value]);
    }
    return rendered(
      isList ? entries.map(([, field]) => field) : Object.fromEntries(entries),
    );
  }

  const expanded = expand(params, at);
  return expanded.ok ? rendered(expanded.value as Params) : expanded;
}
