import { type Document, isDocument } from './Document';

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

/** Formats a value for a sentence about it: as JSON, cut when it is long. */
export function excerptOf(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
