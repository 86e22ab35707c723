import type { AgentEventEntry } from '@callboard/tunnel';

/** A journal in short lines: `object-deleted Deployment shop--dev/web`. */
export function readChanges(entries: readonly AgentEventEntry[]): string[] {
  return entries.map(({ event }) => {
    const { kind } = event;
    if (!('object' in event)) return kind;
    const { object } = event;
    const inside = object.namespace === undefined ? '' : `${object.namespace}/`;
    const line = `${kind} ${object.kind} ${inside}${object.name}`;
    if (kind === 'object-changed') return `${line}: ${event.fields.join(', ')}`;
    return kind === 'restore-refused' ? `${line}: ${event.why}` : line;
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
