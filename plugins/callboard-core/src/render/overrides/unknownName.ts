import {
  type FieldPath,
  suggestName,
  shorten,
} from '@callboard/plugin-callboard-common';
import type { RenderFault } from '../RenderFault';

/** Returns the fault of a path that ends in an unknown name, with the nearest known one. */
export function unknownName(
  path: FieldPath,
  noun: string,
  known: readonly string[],
): RenderFault {
  const name = String(path[path.length - 1]);
  const meant = suggestName(name, [...known]);
  return {
    code: 'workload-unknown',
    path,
    why: `no ${noun} is called "${shorten(name)}"`,
    next:
      meant === undefined
        ? `Use one of ${known.map(each => `"${each}"`).join(', ')}`
        : `Write "${meant}"`,
  };
}
