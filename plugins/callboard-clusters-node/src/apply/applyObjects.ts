import {
  type KubeObject,
  type Problem,
  type Result,
  failed,
  isGeneratedSecret,
  ok,
  refOf,
} from '@callboard/plugin-callboard-common';
import type { ClusterConnection } from '@callboard/plugin-callboard-node';
import { compareForApply } from './applyOrder';
import { ApplyRun } from './ApplyRun';
import { applySetOf, memberKey } from './ApplySet';
import type { ChangeSet } from '@callboard/plugin-callboard-node';
import { holdsData } from './holdsData';
import { listMembers } from './listMembers';
import { pruneObjects } from './pruneObjects';
import type {
  ApplyOptions,
  DesiredObjects,
} from '@callboard/plugin-callboard-node';

/**
 * Brings a cluster to the desired state of a deployment: applies in order of
 * dependency, then prunes objects that are no longer desired. Level-based and
 * idempotent: it may be killed at any instant and run again, and finds its
 * earlier objects through the inventory on the cluster. Objects that hold data
 * are never pruned, nor are the passwords for it.
 *
 * One refused object does not stop the others, but nothing is pruned then.
 * Fails as a whole only when the inventory cannot be read or written.
 */
export async function applyObjects(
  connection: ClusterConnection,
  wanted: DesiredObjects,
  options: ApplyOptions = {},
): Promise<Result<ChangeSet>> {
  const objects = [...wanted.objects].sort((a, b) =>
    compareForApply(refOf(a), refOf(b)),
  );
  const run = new ApplyRun(connection, wanted, options);
  if (run.isInPlace(objects)) return ok(run.finish(true));
  const twice = findTwice(objects);
  if (twice !== undefined) return failed(wantedTwice(wanted.deployment, twice));

  const narrow = applySetOf(
    wanted.deployment,
    wanted.namespace,
    objects.map(refOf),
  );
  const opened = await run.openInventory(narrow, objects);
  if (!opened.ok) return opened;
  const members = await listMembers(connection, opened.value, {
    ...run.call,
    known: objects,
  });
  if (!members.ok) return members;

  await run.applyAll(objects, narrow.id, members.value);
  if (run.hasRefusals) return ok(run.finish(false));
  if (wanted.keepsOthers) return ok(run.finish(true));

  const kept = new Set(objects.map(memberKey));
  const stale = members.value.filter(
    member =>
      !kept.has(memberKey(member)) &&
      !holdsData(member) &&
      !isGeneratedSecret(member), // holds the passwords of data that stays
  );
  run.add(await pruneObjects(connection, stale, run.call));
  if (run.hasRefusals) return ok(run.finish(false));
  const narrowed = await run.recordInventory(narrow, opened.value);
  return narrowed.ok ? ok(run.finish(true)) : narrowed;
}

function findTwice(objects: KubeObject[]): KubeObject | undefined {
  const seen = new Set<string>();
  return objects.find(object => seen.size === seen.add(memberKey(object)).size);
}

function wantedTwice(deployment: string, object: KubeObject): Problem {
  return {
    code: 'object-invalid',
    what: `Cannot apply deployment "${deployment}"`,
    why: `it wants ${object.kind} "${object.metadata.name}" twice`,
    next: 'Keep one of the two',
    transient: false,
  };
}
