import type { HappeningEntry } from '@callboard/tunnel';

/** A journal in short lines: `object-deleted Deployment shop--dev/web`. */
export function readChanges(entries: readonly HappeningEntry[]): string[] {
  return entries.map(({ happening }) => {
    const { kind } = happening;
    if (!('object' in happening)) return kind;
    const { object } = happening;
    const inside = object.namespace === undefined ? '' : `${object.namespace}/`;
    const line = `${kind} ${object.kind} ${inside}${object.name}`;
    if (kind === 'object-changed')
      return `${line}: ${happening.fields.join(', ')}`;
    return kind === 'restore-refused' ? `${line}: ${happening.why}` : line;
  });
}

/** Without times alone in which nothing happened: a slow machine may leave an agent alone before it first connects. */
export function withoutEmptyTimes(changes: string[]): string[] {
  return changes.filter(
    (each, i, all) =>
      !(each === 'hub-lost' && all[i + 1] === 'hub-back') &&
      !(each === 'hub-back' && all[i - 1] === 'hub-lost'),
  );
}
