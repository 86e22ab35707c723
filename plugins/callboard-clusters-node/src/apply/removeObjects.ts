import {
  type KubeObject,
  LABELS,
  type Problem,
  type Result,
  failed,
  isGeneratedSecret,
  ok,
} from '@callboard/plugin-callboard-common';
import type {
  CallOptions,
  ClusterConnection,
} from '@callboard/plugin-callboard-node';
import { type ApplySet, applySetOf, widenBy } from './ApplySet';
import type { Change, ChangeSet } from '@callboard/plugin-callboard-node';
import { holdsData } from './holdsData';
import { listMembers } from './listMembers';
import { pruneObjects } from './pruneObjects';

/**
 * Removes a deployment from a cluster: its members in the reverse order of
 * applying, its own namespace and the inventory last, so that the next run can
 * find the rest after a kill.
 *
 * Its data stay, and with them the namespace and the generated Secret: `kept`
 * names the resources. With `deletesData` they are deleted too; this fails in a
 * namespace that is not ours, where their owner is unknown.
 *
 * Deletion is asynchronous: `complete` is true once nothing is left. Run it
 * again until then.
 */
export async function removeObjects(
  connection: ClusterConnection,
  wanted: { deployment: string; namespace?: string; deletesData?: boolean },
  options: CallOptions = {},
): Promise<Result<ChangeSet>> {
  const call = { signal: options.signal, deadlineMs: options.deadlineMs };
  const empty = applySetOf(wanted.deployment, wanted.namespace, []);
  const parent = await connection.read(empty.parent, call);
  if (!parent.ok) return parent;
  const namespace = await readNamespace(connection, empty, call);
  if (!namespace.ok) return namespace;
  const home = isOurs(namespace.value, empty) ? namespace.value : undefined;
  if (wanted.deletesData && namespace.value && !home)
    return failed(namespaceNotOurs(namespace.value));
  const members =
    parent.value === undefined
      ? ok([])
      : await listMembers(connection, widenBy(empty, parent.value), {
          ...call,
          known: [],
        });
  if (!members.ok) return members;

  const isKept = (object: KubeObject) =>
    !wanted.deletesData && holdsData(object);
  const claims = await listClaims(connection, home, call);
  if (!claims.ok) return claims;
  const kept = [...claims.value, ...members.value].filter(isKept);
  const others = members.value.filter(
    member =>
      !isHome(member, empty) &&
      !isKept(member) &&
      !(kept.length > 0 && isGeneratedSecret(member)),
  );
  const changes = await pruneObjects(connection, others, call);
  if (changes.some(change => change.action === 'refused'))
    return ok(changeSet(changes, false));
  if (kept.length > 0)
    return ok({
      ...changeSet(changes, others.length === 0),
      kept: namesOf(kept),
    });
  if (home !== undefined) {
    // Deletes the inventory too; all other objects in the namespace are ours as well.
    changes.push(...(await pruneObjects(connection, [home], call)));
    return ok(changeSet(changes, false));
  }
  if (others.length > 0) return ok(changeSet(changes, false));
  if (parent.value === undefined) return ok(changeSet(changes, true));
  const removed = await connection.remove(empty.parent, {
    ...call,
    uid: parent.value.metadata.uid,
  });
  return removed.ok ? ok(changeSet(changes, true)) : removed;
}

/** Lists claims in a namespace of ours; those that a controller created carry no label of an inventory. */
async function listClaims(
  connection: ClusterConnection,
  home: KubeObject | undefined,
  call: CallOptions,
): Promise<Result<KubeObject[]>> {
  if (!home || home.metadata.deletionTimestamp !== undefined) return ok([]);
  const claims = await connection.list(
    { apiVersion: 'v1', kind: 'PersistentVolumeClaim' },
    {
      ...call,
      namespace: home.metadata.name,
      labelSelector: LABELS.resource,
    },
  );
  // An account without the right to list claims could not have created a stateful set
  // either.
  if (!claims.ok && claims.problem.code === 'cluster-refused') return ok([]);
  return claims.ok ? ok(claims.value.items) : claims;
}

/** Returns the names of the resources to which the kept data belong. */
function namesOf(kept: readonly KubeObject[]): string[] {
  const names = kept.flatMap(
    ({ metadata }) => metadata.labels?.[LABELS.resource] ?? [],
  );
  return [...new Set(names)].sort();
}

async function readNamespace(
  connection: ClusterConnection,
  set: ApplySet,
  call: CallOptions,
): Promise<Result<KubeObject | undefined>> {
  return connection.read(
    { apiVersion: 'v1', kind: 'Namespace', name: set.parent.namespace },
    call,
  );
}

/** True when the deployment created the namespace itself. */
function isOurs(namespace: KubeObject | undefined, set: ApplySet): boolean {
  return namespace?.metadata.labels?.[LABELS.applySetPartOf] === set.id;
}

function namespaceNotOurs({ metadata: { name } }: KubeObject): Problem {
  return {
    code: 'object-not-ours',
    what: `Cannot delete the data in namespace "${name}"`,
    why: 'somebody else made the namespace, or took the label of its deployment away',
    next: 'Delete there by hand what nobody needs',
    transient: false,
  };
}

function isHome(member: KubeObject, set: ApplySet): boolean {
  return (
    member.kind === 'Namespace' && member.metadata.name === set.parent.namespace
  );
}

function changeSet(changes: Change[], complete: boolean): ChangeSet {
  return { changes, complete, fingerprints: {}, objects: {} };
}
