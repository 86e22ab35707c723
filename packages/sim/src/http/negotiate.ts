/** The form in which a client requests objects. */
export type ObjectForm = 'object' | 'table' | 'metadata';

/** Reads `Accept`: the first form that is offered wins. */
export function negotiateForm(accept: string | undefined): ObjectForm {
  for (const part of (accept ?? '').split(',')) {
    const wanted = part.trim();
    if (wanted.includes('as=Table')) return 'table';
    if (wanted.includes('as=PartialObjectMetadata')) return 'metadata';
    if (wanted.startsWith('application/json') || wanted.startsWith('*/*'))
      return 'object';
  }
  return 'object';
}
