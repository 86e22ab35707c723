import type { KubeObject } from '@callboard/plugin-callboard-common';
import { stringify } from 'yaml';

/** Formats objects for `kubectl`: a stream of documents, or a List. */
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
        compat: 'yaml-1.1', // for readers of YAML 1.1: "no" and "12:30" are quoted
      }).trimEnd(),
    )
    .join('\n---\n');
}
