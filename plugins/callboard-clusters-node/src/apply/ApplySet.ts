import { createHash } from 'node:crypto';
import {
  ANNOTATIONS,
  FIELD_MANAGER,
  type KubeObject,
  type KubeRef,
  LABELS,
} from '@callboard/plugin-callboard-common';

/** Namespace of inventories of deployments without a namespace (blueprints). */
export const INVENTORY_NAMESPACE = 'callboard-system';

const TOOLING = 'callboard/v1';
const ADDITIONAL_NAMESPACES = 'applyset.kubernetes.io/additional-namespaces';
const GROUP_KIND = /^[A-Za-z][A-Za-z0-9]*(\.[a-z0-9.-]+)?$/;

/**
 * Inventory of one deployment on one cluster: a ConfigMap with the kinds and
 * namespaces in which the deployment may have objects, and an id that each of
 * them carries as a label. Only the cluster itself has to keep track of the
 * objects that we put there.
 *
 * Source: KEP-3659 (ApplySet): id
 * `applyset-<base64url(sha256(name.namespace.kind.group))>-v1`, parent's label
 * and annotations, members' label; the parent is widened before anything is
 * applied and narrowed only after everything was pruned.
 */
export interface ApplySet {
  id: string;
  parent: KubeRef & { namespace: string };
  /** `Kind.group`, sorted; no dot for the core group. */
  groupKinds: string[];
  /** Other than the parent's, sorted. */
  namespaces: string[];
}

/** Returns the inventory of a deployment; the same name gives the same inventory. */
export function applySetOf(
  deployment: string,
  namespace: string | undefined,
  objects: KubeRef[],
): ApplySet {
  const name = `callboard-${deployment}`;
  const home = namespace ?? INVENTORY_NAMESPACE;
  const hash = createHash('sha256')
    .update(`${name}.${home}.ConfigMap.`)
    .digest('base64url');
  const others = objects
    .map(object => object.namespace)
    .filter(each => each !== undefined && each !== home);
  return {
    id: `applyset-${hash}-v1`,
    parent: { apiVersion: 'v1', kind: 'ConfigMap', namespace: home, name },
    groupKinds: sortedSet(objects.map(groupKindOf)),
    namespaces: sortedSet(others.filter(each => each !== undefined)),
  };
}

/** Returns the set widened by the parent on the cluster: members of an earlier run may still exist. */
export function widenBy(
  set: ApplySet,
  parent: KubeObject | undefined,
): ApplySet {
  const annotations = parent?.metadata.annotations ?? {};
  return {
    ...set,
    groupKinds: sortedSet([
      ...set.groupKinds,
      ...splitList(annotations[ANNOTATIONS.applySetContainsGroupKinds]).filter(
        each => GROUP_KIND.test(each),
      ),
    ]),
    namespaces: sortedSet([
      ...set.namespaces,
      ...splitList(annotations[ADDITIONAL_NAMESPACES]),
    ]),
  };
}

/** True when the parent on the cluster equals the set. */
export function isRecordedBy(
  set: ApplySet,
  parent: KubeObject | undefined,
): boolean {
  const annotations = parent?.metadata.annotations ?? {};
  return (
    parent?.metadata.labels?.[LABELS.applySetId] === set.id &&
    (annotations[ANNOTATIONS.applySetContainsGroupKinds] ?? '') ===
      set.groupKinds.join(',') &&
    (annotations[ADDITIONAL_NAMESPACES] ?? '') === set.namespaces.join(',')
  );
}

export function renderParent(set: ApplySet): KubeObject {
  return {
    apiVersion: set.parent.apiVersion,
    kind: set.parent.kind,
    metadata: {
      name: set.parent.name,
      namespace: set.parent.namespace,
      labels: {
        [LABELS.managedBy]: FIELD_MANAGER,
        [LABELS.applySetId]: set.id,
      },
      annotations: {
        [ANNOTATIONS.applySetTooling]: TOOLING,
        [ANNOTATIONS.applySetContainsGroupKinds]: set.groupKinds.join(','),
        ...(set.namespaces.length === 0
          ? {}
          : { [ADDITIONAL_NAMESPACES]: set.namespaces.join(',') }),
      },
    },
  };
}

/** `Deployment.apps`, `ConfigMap`. */
export function groupKindOf(ref: { apiVersion: string; kind: string }): string {
  const slash = ref.apiVersion.indexOf('/');
  return slash === -1
    ? ref.kind
    : `${ref.kind}.${ref.apiVersion.slice(0, slash)}`;
}

/** The key is the same for every version of the object's group. */
export function memberKey(object: KubeObject): string {
  return [
    groupKindOf(object),
    object.metadata.namespace ?? '',
    object.metadata.name,
  ].join('/');
}

function splitList(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map(each => each.trim())
    .filter(each => each !== '')
    .slice(0, 500);
}

function sortedSet(values: string[]): string[] {
  return [...new Set(values)].sort();
}
