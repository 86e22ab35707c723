import type { View } from '@callboard/plugin-callboard-react';

/** Whether the API said that there is no such thing, rather than that it cannot be read. */
export function isNotFound(view: View<unknown>): boolean {
  return view.kind === 'failed' && view.problem.code.endsWith('not-found');
}
