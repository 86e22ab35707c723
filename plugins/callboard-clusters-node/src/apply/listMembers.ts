import {
  FIELD_MANAGER,
  GENERATED_SECRET_NAME,
  type KubeObject,
  LABELS,
  type ProblemCode,
  type Result,
  SETTINGS_SECRET_NAME,
  ok,
  isRecord,
} from '@callboard/plugin-callboard-common';
import type {
  CallOptions,
  ClusterConnection,
  KindRef,
} from '@callboard/plugin-callboard-node';
import { readWriters } from '@callboard/tunnel';
import { PULL_SECRET_NAME } from '../pullSecretName';
import { type ApplySet, groupKindOf } from './ApplySet';

const NOTHING_THERE: ReadonlySet<ProblemCode> = new Set([
  'kind-not-served',
  'object-not-found',
]);

/** Versions that every supported cluster serves: these kinds need no discovery. */
const COMMON: Record<string, string[]> = {
  v1: [
    'ConfigMap',
    'LimitRange',
    'Namespace',
    'PersistentVolumeClaim',
    'ResourceQuota',
    'Secret',
    'Service',
    'ServiceAccount',
  ],
  'apps/v1': ['DaemonSet', 'Deployment', 'StatefulSet'],
  'batch/v1': ['CronJob', 'Job'],
  'networking.k8s.io/v1': ['Ingress', 'NetworkPolicy'],
  'policy/v1': ['PodDisruptionBudget'],
  'rbac.authorization.k8s.io/v1': [
    'ClusterRole',
    'ClusterRoleBinding',
    'Role',
    'RoleBinding',
  ],
};
const COMMON_KINDS = Object.entries(COMMON).flatMap(([apiVersion, kinds]) =>
  kinds.map(kind => ({ apiVersion, kind })),
);

const NAMESPACES_ONE_BY_ONE = 5; // for more, one list over all namespaces is cheaper

/**
 * Lists the objects on the cluster that carry the set's label, of the kinds and
 * in the namespaces of the set. Objects that a controller owns, and those that
 * have owners and that we did not apply, are not members: they carry copies of
 * our labels, as endpoint slices and objects of operators do.
 *
 * @param known - kinds whose version is known; others are looked up
 */
export async function listMembers(
  connection: ClusterConnection,
  set: ApplySet,
  options: CallOptions & { known: KindRef[] },
): Promise<Result<KubeObject[]>> {
  const kinds = await resolveKinds(connection, set, options);
  if (!kinds.ok) return kinds;
  const home = set.parent.namespace;
  const spread = [home, ...set.namespaces];
  const namespaces =
    spread.length > NAMESPACES_ONE_BY_ONE ? [undefined] : spread;
  const labelSelector = `${LABELS.applySetPartOf}=${set.id}`;
  const { signal, deadlineMs } = options;
  const lists = await Promise.all(
    kinds.value.flatMap(kind =>
      namespaces.map(async namespace => {
        const call = { namespace, labelSelector, signal, deadlineMs };
        const list = await connection.list(kind, call);
        return isSecretsRefused(kind, list)
          ? readOwnSecrets(connection, set, { namespace, signal, deadlineMs })
          : list;
      }),
    ),
  );
  const members = new Map<string, KubeObject>(); // by uid: cluster-scoped kinds are listed more than once
  for (const list of lists) {
    // A kind that is not served has no objects (its definition may be applied in this run).
    if (!list.ok && NOTHING_THERE.has(list.problem.code)) continue;
    if (!list.ok) return list;
    for (const object of list.value.items.filter(
      each => !isMadeByOthers(each),
    )) {
      members.set(
        object.metadata.uid ?? groupKindOf(object) + object.metadata.name,
        object,
      );
    }
  }
  return ok([...members.values()]);
}

/** With minimal rights Secrets cannot be listed; our own are read by name. */
function isSecretsRefused(
  { apiVersion, kind }: KindRef,
  list: Result<unknown>,
): boolean {
  return (
    apiVersion === 'v1' &&
    kind === 'Secret' &&
    !list.ok &&
    list.problem.code === 'cluster-refused'
  );
}

async function readOwnSecrets(
  connection: ClusterConnection,
  set: ApplySet,
  { namespace, ...call }: CallOptions & { namespace?: string },
): Promise<Result<{ items: KubeObject[] }>> {
  const items: KubeObject[] = [];
  for (const name of [
    PULL_SECRET_NAME,
    GENERATED_SECRET_NAME,
    SETTINGS_SECRET_NAME,
  ]) {
    const secret = await connection.read(
      {
        apiVersion: 'v1',
        kind: 'Secret',
        name,
        namespace: namespace ?? set.parent.namespace,
      },
      call,
    );
    if (!secret.ok) return secret;
    const isMember =
      secret.value?.metadata.labels?.[LABELS.applySetPartOf] === set.id;
    if (secret.value && isMember) items.push(secret.value);
  }
  return ok({ items });
}

async function resolveKinds(
  connection: ClusterConnection,
  set: ApplySet,
  { known, ...call }: CallOptions & { known: KindRef[] },
): Promise<Result<KindRef[]>> {
  const byGroupKind = new Map(
    [...COMMON_KINDS, ...known].map(kind => [groupKindOf(kind), kind]),
  );
  if (set.groupKinds.some(each => !byGroupKind.has(each))) {
    const served = await connection.discover(call);
    if (!served.ok) return served;
    for (const resource of served.value) {
      if (!byGroupKind.has(groupKindOf(resource)))
        byGroupKind.set(groupKindOf(resource), resource);
    }
  }
  const kinds = set.groupKinds
    .map(each => byGroupKind.get(each))
    .filter(each => each !== undefined);
  return ok(kinds.map(({ apiVersion, kind }) => ({ apiVersion, kind })));
}

function isMadeByOthers({ metadata }: KubeObject): boolean {
  const owners: unknown = metadata.ownerReferences;
  if (!Array.isArray(owners) || owners.length === 0) return false;
  return (
    owners.some(owner => isRecord(owner) && owner.controller === true) ||
    !readWriters(metadata).some(
      ({ manager, operation }) =>
        manager === FIELD_MANAGER && operation === 'Apply',
    )
  );
}
