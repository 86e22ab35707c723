import type { KubeObject } from '@callboard/plugin-callboard-common';
import { stringify } from 'yaml';

/** Objects as `kubectl` reads them: documents in a row, or a List. */
export function formatObjects(
  objects: readonly KubeObject[],
  output: 'yaml' | 'json',
): string {
  if (output === 'json')
    return JSON.stringify(
      { apiVersion: 'v1', kind: 'List', items: objects },
      undefined,
      2,
    );
  return objects
    .map(object =>
      stringify(object, {
        aliasDuplicateObjects: false,
        lineWidth: 0,
        compat: 'yaml-1.1', // as some readers are: "no" and "12:30" are quoted
      }).trimEnd(),
    )
    .join('\n---\n');
}
