import type { ProblemCode } from '@callboard/plugin-callboard-common';
import type { View } from '@callboard/plugin-callboard-react';

const NOT_FOUND: ReadonlySet<ProblemCode> = new Set([
  'not-found',
  'app-not-found',
  'cluster-not-found',
  'deployment-not-found',
  'environment-not-found',
  'component-not-observed',
  'evidence-not-found',
  'release-not-found',
  'revision-not-found',
  'rollout-not-found',
]);

/** Whether the API reported that the thing does not exist, rather than that it cannot be read. */
export function isNotFound(view: View<unknown>): boolean {
  return view.kind === 'failed' && NOT_FOUND.has(view.problem.code);
}
