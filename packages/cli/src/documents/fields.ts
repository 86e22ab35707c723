import { type Document, isDocument } from './readDocuments';

export function fieldsOf(value: unknown): Document {
  return isDocument(value) ? value : {};
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** `metadata.name` of an object. */
export function nameOf(document: Document): string {
  return textOf(fieldsOf(document.metadata).name) ?? '';
}
