import { setTimeout as sleep } from 'node:timers/promises';
import {
  type KubeObject,
  type Problem,
  type Result,
  refOf,
} from '@callboard/plugin-callboard-common';
import type {
  CallOptions,
  ClusterConnection,
} from '@callboard/plugin-callboard-node';
import { isByHand, readWriters } from '@callboard/tunnel';
import { describeRef } from '../connection/clusterProblems';
import { conflictsOf } from '../connection/FieldConflict';
import type { Change } from '@callboard/plugin-callboard-node';
import { isSameObject } from './isSameObject';
import { keepDefaultAccount } from './keepDefaultAccount';
import { keepReplicas } from './keepReplicas';
import { findForeignOwner } from './ownership';

export interface ApplyObjectContext extends CallOptions {
  applySetId: string;
  /** The live object, where it was read already. */
  existing?: KubeObject;
  /** True when its definition is applied in the same run and may take a moment to be served. */
  awaitsDefinition: boolean;
  takeOver: boolean;
  /** True when one of our autoscalers sets its replicas; it is removed in this run if a number is desired. */
  isAutoscaled: boolean;
}

export interface AppliedObject {
  change: Change;
  /** The object in the cluster's response; absent when it was refused. */
  object?: KubeObject;
}

const DEFINITION_MS = 10_000; // an API server serves a new kind within a second or two
const DEFINITION_POLL_MS = 600;

/**
 * Applies one object after a check of its owner. Forces only to revert manual
 * changes, or to take over replicas from one of our autoscalers.
 */
export async function applyObject(
  connection: ClusterConnection,
  object: KubeObject,
  context: ApplyObjectContext,
): Promise<AppliedObject> {
  const ref = refOf(object);
  const { applySetId, signal, deadlineMs } = context;
  const call = { signal, deadlineMs };
  const refused = (problem: Problem): AppliedObject => ({
    change: { action: 'refused', ref, problem },
  });

  const found = context.existing
    ? undefined
    : await readOnceServed(connection, object, context);
  if (found !== undefined && !found.ok) return refused(found.problem);
  const existing = context.existing ?? found?.value;
  if (existing !== undefined) {
    const foreign = findForeignOwner(existing, applySetId);
    if (foreign !== undefined) return refused(foreign);
    if (existing.metadata.deletionTimestamp !== undefined)
      return refused(beingDeleted(object));
  }

  const sent = existing
    ? keepReplicas(keepDefaultAccount(object, existing), existing)
    : object;
  const applied = await connection.apply(sent, call);
  if (applied.ok) {
    if (existing === undefined)
      return { change: { action: 'created', ref }, object: applied.value };
    const change: Change = isSameObject(existing, applied.value)
      ? { action: 'unchanged', ref }
      : { action: 'configured', ref, tookOver: [] };
    return { change, object: applied.value };
  }

  const conflicts = conflictsOf(applied.problem);
  const writers = existing === undefined ? [] : readWriters(existing.metadata);
  const mayTake =
    context.takeOver &&
    conflicts.length > 0 &&
    conflicts.every(each => isByHand(each.manager, writers));
  const isGivenBack =
    context.isAutoscaled &&
    conflicts.length > 0 &&
    conflicts.every(({ field }) => field === '.spec.replicas');
  if (!mayTake && !isGivenBack) return refused(applied.problem);
  const forced = await connection.apply(sent, { ...call, force: true });
  return forced.ok
    ? {
        change: { action: 'configured', ref, tookOver: conflicts },
        object: forced.value,
      }
    : refused(forced.problem);
}

async function readOnceServed(
  connection: ClusterConnection,
  object: KubeObject,
  { awaitsDefinition, signal, deadlineMs }: ApplyObjectContext,
): Promise<Result<KubeObject | undefined>> {
  for (const giveUpAtMs = Date.now() + DEFINITION_MS; ; ) {
    const found = await connection.read(refOf(object), { signal, deadlineMs });
    if (
      found.ok ||
      found.problem.code !== 'kind-not-served' ||
      !awaitsDefinition
    )
      return found;
    if (signal?.aborted || Date.now() > giveUpAtMs) return found;
    await sleep(DEFINITION_POLL_MS);
  }
}

function beingDeleted(object: KubeObject): Problem {
  return {
    code: 'object-terminating',
    what: `Cannot apply ${describeRef(refOf(object))}`,
    why: 'the one that is there is being deleted',
    next: 'Nothing to do; it is applied again once the old one is gone',
    transient: true,
  };
}
