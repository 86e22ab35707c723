import type { Writer } from './readWriters';

/**
 * True when a conflict comes from a person's change (kubectl edit, scale,
 * patch) to one of our objects: the field was ours and is taken back. Another
 * tool that declares the field, or a controller that manages it (an
 * autoscaler), keeps it: taking it back would start a fight.
 */
export function isByHand(manager: string, writers: readonly Writer[]): boolean {
  const entries = writers.filter(each => each.manager === manager);
  return (
    entries.length > 0 &&
    entries.every(
      each =>
        each.operation === 'Update' &&
        (each.subresource === '' || manager.startsWith('kubectl')),
    )
  );
}
