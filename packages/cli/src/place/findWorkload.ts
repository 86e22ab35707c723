import { type Document, isDocument } from '../documents/Document';
import { fieldsOf, nameOf, textOf } from '../documents/fields';

/** Kinds with replicas come before objects without, such as a Service. */
const WORKLOADS = ['Deployment', 'StatefulSet', 'Job', 'Pod'];

/**
 * Finds the object that a Karmada policy places: among those that it selects,
 * or otherwise among all, a workload first.
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
 * Kind that the policy selects, for use when the object itself is not given:
 * clusters that do not serve the kind cannot take it.
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

/**
 * Matches by kind and, when given, by name. Label selectors are not evaluated:
 * the file is assumed to hold the matching objects.
 */
function selects(selector: Document, object: Document): boolean {
  const name = textOf(selector.name);
  return (
    selector.apiVersion === object.apiVersion &&
    selector.kind === object.kind &&
    (!name || name === nameOf(object))
  );
}
