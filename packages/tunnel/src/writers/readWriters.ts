import { isRecord } from '../frames';

/** An entry of `managedFields`, reduced to the fields that are used. */
export interface Writer {
  manager: string;
  operation: string;
  subresource: string;
}

/** The writers of an object's fields, from its `metadata`. A value that is no text becomes an empty one. */
export function readWriters(metadata: object): Writer[] {
  const { managedFields } = metadata as { managedFields?: unknown };
  return (Array.isArray(managedFields) ? managedFields : [])
    .filter(isRecord)
    .map(({ manager, operation, subresource }) => ({
      manager: textOf(manager),
      operation: textOf(operation),
      subresource: textOf(subresource),
    }));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
