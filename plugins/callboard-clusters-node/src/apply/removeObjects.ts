import {
  type KubeObject,
  LABELS,
  type Result,
  ok,
} from '@callboard/plugin-callboard-common';
import type {
  CallOptions,
  ClusterConnection,
} from '@callboard/plugin-callboard-node';
import { type ApplySet, applySetOf, widenBy } from './ApplySet';
import type { Change, ChangeSet } from './ChangeSet';
import { listMembers } from './listMembers';
import { pruneObjects } from './pruneObjects';

/**
 * Takes a deployment off a cluster: its members in the reverse order of
 * applying, its own namespace and the inventory last, so that a run that is
 * killed leaves enough to be found by the next one.
 *
 * Deleting takes its time on a cluster: `complete` is true once nothing is left.
 * Run it again until then.
 */
export async function removeObjects(
  connection: ClusterConnection,
  wanted: { deployment: string; namespace?: string },
  options: CallOptions = {},
): Promise<Result<ChangeSet>> {
  const call = { signal: options.signal, deadlineMs: options.deadlineMs };
  const empty = applySetOf(wanted.deployment, wanted.namespace, []);
  const parent = await connection.read(empty.parent, call);
  if (!parent.ok) return parent;
  const home = await readHome(connection, empty, call);
  if (!home.ok) return home;
  const members =
    parent.value === undefined
      ? ok([])
      : await listMembers(connection, widenBy(empty, parent.value), {
          ...call,
          known: [],
        });
  if (!members.ok) return members;

  const others = members.value.filter(member => !isHome(member, empty));
  const changes = await pruneObjects(connection, others, call);
  if (changes.some(change => change.action === 'refused'))
    return ok(changeSet(changes, false));
  if (home.value !== undefined) {
    // Takes the inventory with it; whatever else lives there is within what is ours.
    changes.push(...(await pruneObjects(connection, [home.value], call)));
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

/** The deployment's own namespace, where it made that itself. */
async function readHome(
  connection: ClusterConnection,
  set: ApplySet,
  call: CallOptions,
): Promise<Result<KubeObject | undefined>> {
  const home = await connection.read(
    { apiVersion: 'v1', kind: 'Namespace', name: set.parent.namespace },
    call,
  );
  if (!home.ok || home.value === undefined) return home;
  return ok(
    home.value.metadata.labels?.[LABELS.applySetPartOf] === set.id
      ? home.value
      : undefined,
  );
}

function isHome(member: KubeObject, set: ApplySet): boolean {
  return (
    member.kind === 'Namespace' && member.metadata.name === set.parent.namespace
  );
}

function changeSet(changes: Change[], complete: boolean): ChangeSet {
  return { changes, complete, fingerprints: {}, objects: {} };
}
