import {
  ADMISSION_API,
  ADMISSION_POLICY,
  resolveBlueprint,
} from '@callboard/plugin-callboard-core';
import {
  type BlueprintFile,
  type Problem,
  type Result,
  failed,
  isRecord,
  ok,
} from '@callboard/plugin-callboard-common';
import type { DeploymentRecord } from '../../store';
import type { BlockSupport, ManagedCluster } from '../fleet/Fleet';
import type { ClusterConnection } from '@callboard/plugin-callboard-node';

/**
 * Returns whether a cluster can refuse other clients' changes to its blueprint.
 * Asked of clusters whose blueprint requests it, once per connection, and again
 * while the answer is no, since a cluster may be upgraded. Fails where the
 * cluster cannot answer now.
 */
export async function askBlockSupport(
  { name, state }: DeploymentRecord,
  cluster: ManagedCluster,
  {
    blueprints,
    signal,
  }: { blueprints: readonly BlueprintFile[]; signal: AbortSignal },
): Promise<Result<void>> {
  const version = state.desiredRelease;
  const resolved = resolveBlueprint(blueprints, { name, version });
  if (!resolved.ok || resolved.value.drift !== 'BlockAndNotify')
    return ok(undefined);
  if (cluster.blockSupport?.kind === 'blocks') return ok(undefined);
  const support = await readBlockSupport(cluster.connection, signal);
  if (!support.ok) return support;
  cluster.blockSupport = support.value;
  return ok(undefined);
}

async function readBlockSupport(
  connection: ClusterConnection,
  signal: AbortSignal,
): Promise<Result<BlockSupport>> {
  const served = await connection.list(
    { apiVersion: ADMISSION_API, kind: ADMISSION_POLICY },
    { limit: 1, signal },
  );
  if (!served.ok) return cannotUnlessTransient(served.problem);
  const review = await connection.review(
    { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' },
    {},
    { signal },
  );
  if (!review.ok) return cannotUnlessTransient(review.problem);
  const { userInfo } = review.value;
  return ok(
    isRecord(userInfo) &&
      typeof userInfo.username === 'string' &&
      userInfo.username !== ''
      ? { kind: 'blocks', platformUser: userInfo.username }
      : { kind: 'cannot' },
  );
}

function cannotUnlessTransient(problem: Problem): Result<BlockSupport> {
  return problem.transient && problem.code !== 'kind-not-served'
    ? failed(problem)
    : ok({ kind: 'cannot' });
}
