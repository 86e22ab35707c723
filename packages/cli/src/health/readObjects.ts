import type { KubeObject } from '@callboard/plugin-callboard-common';
import { fieldsOf, textOf } from '../documents/fields';
import { type Document, isDocument } from '../documents/Document';

/**
 * Reads a document as a Kubernetes object; missing or malformed fields are
 * empty, so that one file does not stop the others.
 */
export function readObject(document: Document): KubeObject {
  if (isWhole(document)) return document;
  const metadata = fieldsOf(document.metadata);
  const namespace = textOf(metadata.namespace);
  const owners = metadata.ownerReferences;
  return {
    ...document,
    apiVersion: textOf(document.apiVersion) ?? '',
    kind: textOf(document.kind) ?? '',
    metadata: {
      ...metadata,
      name: textOf(metadata.name) ?? '',
      namespace,
      labels: textsOf(metadata.labels),
      annotations: textsOf(metadata.annotations),
      ownerReferences: Array.isArray(owners) ? owners.filter(isOwner) : [],
    } as KubeObject['metadata'],
  };
}

function isWhole(document: Document): document is Document & KubeObject {
  if (!isObject(document)) return false;
  const { name, namespace, labels, annotations, ownerReferences } = fieldsOf(
    document.metadata,
  );
  return (
    typeof name === 'string' &&
    (namespace === undefined || typeof namespace === 'string') &&
    (labels === undefined || holdsTexts(labels)) &&
    (annotations === undefined || holdsTexts(annotations)) &&
    (ownerReferences === undefined ||
      (Array.isArray(ownerReferences) && ownerReferences.every(isOwner)))
  );
}

function holdsTexts(value: unknown): boolean {
  return (
    isDocument(value) &&
    Object.values(value).every(inner => typeof inner === 'string')
  );
}

function textsOf(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fieldsOf(value)).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}

function isOwner(value: unknown): boolean {
  const { kind, name } = fieldsOf(value);
  return typeof kind === 'string' && typeof name === 'string';
}

/** Whether a document looks like a Kubernetes object. */
export function isObject(document: Document): boolean {
  return (
    typeof document.apiVersion === 'string' &&
    typeof document.kind === 'string' &&
    typeof document.metadata === 'object'
  );
}
