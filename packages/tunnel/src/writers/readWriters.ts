import { isRecord } from '../frames';

/** An entry of `managedFields`, as far as it is read. */
export interface Writer {
  manager: string;
  operation: string;
  subresource: string;
}

/** Who wrote fields of an object, by its `metadata`. What is no text reads as none. */
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
