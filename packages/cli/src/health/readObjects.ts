import type { KubeObject } from '@callboard/plugin-callboard-common';
import { fieldsOf, textOf } from '../documents/fields';
import type { Document } from '../documents/readDocuments';

/** A document as an object of a cluster; what it lacks is empty, so that nothing a file says stops the others. */
export function readObject(document: Document): KubeObject {
  if (isWhole(document)) return document;
  const metadata = fieldsOf(document.metadata);
  return {
    ...document,
    apiVersion: textOf(document.apiVersion) ?? '',
    kind: textOf(document.kind) ?? '',
    metadata: { ...metadata, name: textOf(metadata.name) ?? '' },
  };
}

function isWhole(document: Document): document is Document & KubeObject {
  return (
    isObject(document) && typeof fieldsOf(document.metadata).name === 'string'
  );
}

/** Whether a document looks like an object of a cluster. */
export function isObject(document: Document): boolean {
  return (
    typeof document.apiVersion === 'string' &&
    typeof document.kind === 'string' &&
    typeof document.metadata === 'object'
  );
}
