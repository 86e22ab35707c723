import { type KubeObject, refOf } from '@callboard/plugin-callboard-common';
import type {
  CallOptions,
  ClusterConnection,
} from '@callboard/plugin-callboard-node';
import { compareForApply, stageOf } from './applyOrder';
import type { Change } from '@callboard/plugin-callboard-node';

/**
 * Deletes members of a set, in the reverse order of applying. Guarded by uid,
 * so that an object that was created again is not deleted; objects that are
 * being deleted already are skipped and not reported.
 */
export async function pruneObjects(
  connection: ClusterConnection,
  members: KubeObject[],
  call: CallOptions,
): Promise<Change[]> {
  const going = members.filter(
    member => member.metadata.deletionTimestamp === undefined,
  );
  going.sort((a, b) => compareForApply(refOf(b), refOf(a)));
  const changes: Change[] = [];
  for (const stage of new Set(going.map(member => stageOf(member.kind)))) {
    const together = going.filter(member => stageOf(member.kind) === stage);
    changes.push(
      ...(await Promise.all(
        together.map(member => pruneObject(connection, member, call)),
      )),
    );
    if (changes.some(change => change.action === 'refused')) break;
  }
  return changes;
}

async function pruneObject(
  connection: ClusterConnection,
  member: KubeObject,
  call: CallOptions,
): Promise<Change> {
  const ref = refOf(member);
  const removed = await connection.remove(ref, {
    ...call,
    uid: member.metadata.uid,
  });
  return removed.ok
    ? { action: 'pruned', ref }
    : { action: 'refused', ref, problem: removed.problem };
}
