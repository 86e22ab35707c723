import type { KubeObject } from '@callboard/plugin-callboard-common';

const FIRST = ['apiVersion', 'kind', 'metadata', 'spec'];
const METADATA_FIRST = ['name', 'namespace', 'labels', 'annotations'];
const LAST = ['status'];

/** The object with its fields in the order of every Kubernetes document: apiVersion, kind, metadata, spec, others, status. */
export function inUsualOrder(object: KubeObject): KubeObject {
  const metadata = order(object.metadata, METADATA_FIRST, []);
  return order({ ...object, metadata }, FIRST, LAST);
}

function order<T extends object>(
  fields: T,
  first: readonly string[],
  last: readonly string[],
): T {
  const rest = Object.keys(fields)
    .filter(name => !first.includes(name) && !last.includes(name))
    .sort();
  const sorted = [...first, ...rest, ...last].filter(name => name in fields);
  return Object.fromEntries(
    sorted.map(name => [name, fields[name as keyof T]]),
  ) as T;
}
