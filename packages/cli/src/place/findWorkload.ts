import { type Document, isDocument } from '../documents/Document';
import { fieldsOf, nameOf, textOf } from '../documents/fields';

/** Kinds with replicas come before what lies beside them, such as a Service. */
const WORKLOADS = ['Deployment', 'StatefulSet', 'Job', 'Pod'];

/**
 * What a Karmada policy places, of the documents beside it: what it selects,
 * else anything; among those a workload, else the first.
 */
export function findWorkload(
  policy: Document,
  documents: readonly Document[],
): Document | undefined {
  const objects = documents.filter(
    ({ apiVersion }) =>
      !/^(policy|cluster)\.karmada\.io\//.test(textOf(apiVersion) ?? ''),
  );
  const selectors = selectorsOf(policy);
  const selected = objects.filter(object =>
    selectors.some(selector => selects(selector, object)),
  );
  const candidates = selected.length > 0 ? selected : objects;
  return (
    candidates.find(({ kind }) => WORKLOADS.includes(textOf(kind) ?? '')) ??
    candidates[0]
  );
}

/**
 * What the policy says of the object it places, where the object itself is not
 * at hand: clusters that do not serve its kind cannot take it.
 */
export function readSelectedKind(
  policy: Document,
): { apiVersion: string; kind: string } | undefined {
  const kinds = selectorsOf(policy).map(selector => ({
    apiVersion: textOf(selector.apiVersion) ?? '',
    kind: textOf(selector.kind) ?? '',
  }));
  return kinds.find(({ kind }) => WORKLOADS.includes(kind)) ?? kinds[0];
}

function selectorsOf({ spec }: Document): Document[] {
  const { resourceSelectors } = fieldsOf(spec);
  return Array.isArray(resourceSelectors)
    ? resourceSelectors.filter(isDocument)
    : [];
}

/** By kind and, where it is given, by name; labels select too, but the file holds what is meant. */
function selects(selector: Document, object: Document): boolean {
  const name = textOf(selector.name);
  return (
    selector.apiVersion === object.apiVersion &&
    selector.kind === object.kind &&
    (!name || name === nameOf(object))
  );
}
