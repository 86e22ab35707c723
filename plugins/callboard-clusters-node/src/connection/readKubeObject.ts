import { type KubeObject, isRecord } from '@callboard/plugin-callboard-common';

/** A JSON object with unknown content. */
export type JsonRecord = Record<string, unknown>;

/**
 * Accepts a value from a cluster as an object: kind, version and name exist,
 * labels, annotations and owners have the expected shape. Items of a list carry
 * neither kind nor version; `kind` fills them in.
 */
export function readKubeObject(
  value: unknown,
  kind?: { apiVersion: string; kind: string },
): KubeObject | undefined {
  if (!isRecord(value) || !isRecord(value.metadata)) return undefined;
  const apiVersion = value.apiVersion ?? kind?.apiVersion;
  const kindName = value.kind ?? kind?.kind;
  const {
    name,
    namespace,
    uid,
    resourceVersion,
    labels,
    annotations,
    ownerReferences,
  } = value.metadata;
  if (
    typeof apiVersion !== 'string' ||
    typeof kindName !== 'string' ||
    typeof name !== 'string'
  )
    return undefined;
  if (![namespace, uid, resourceVersion].every(isOptionalString))
    return undefined;
  if (!isStringMap(labels) || !isStringMap(annotations)) return undefined;
  if (
    ownerReferences !== undefined &&
    !(Array.isArray(ownerReferences) && ownerReferences.every(isRecord))
  ) {
    return undefined;
  }
  return {
    ...value,
    apiVersion,
    kind: kindName,
    metadata: { ...value.metadata, name },
  };
}

function isOptionalString(value: unknown): boolean {
  return value === undefined || typeof value === 'string';
}

function isStringMap(value: unknown): boolean {
  return (
    value === undefined ||
    (isRecord(value) &&
      Object.values(value).every(each => typeof each === 'string'))
  );
}
