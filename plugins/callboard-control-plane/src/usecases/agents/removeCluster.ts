import {
  type DataLeft,
  type RemovedCluster,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import { record } from '../../reconcile/record';
import type { ClusterRegistrar } from '../../reconcile/roles';
import type { ReadContext } from '../read/SnapshotCache';
import { findCluster, revokeAgent } from '../../store';
import type { ControlPlane } from '../ControlPlane';
import { clusterMissing } from '../problems';
import { getCluster } from '../read/readClusters';
import { findDataLeft } from '../whatif/findDataLeft';
import { clusterNotRemovable } from './agentProblems';
import { describeSource } from './describeSource';

/**
 * Revokes a cluster's agent: its link ends, it cannot connect again, the
 * cluster leaves the fleet, and its apps are placed again. What runs on the
 * cluster keeps running: Callboard no longer reaches it.
 *
 * @returns what ran there; nothing where it was removed before
 */
export async function removeCluster(
  { cluster, actor }: Parameters<ControlPlane['removeCluster']>[0],
  context: ClusterRegistrar & ReadContext,
): Promise<Result<RemovedCluster>> {
  const { deps } = context;
  const known = await findCluster(deps.knex, cluster);
  if (known && known.connectionKind !== 'agent') {
    const { source, removal } = describeSource(known.connectionKind);
    return failed(clusterNotRemovable(cluster, source, removal));
  }
  const agent = await deps.agents?.registry.find(cluster);
  if (!agent) return failed(clusterMissing(cluster));
  const page = await getCluster(cluster, context);
  const apps = page.ok ? page.value.apps : [];
  const data = await findDataLeft(
    apps.map(({ app, environment }) => ({
      app,
      environment,
      from: [cluster],
      to: [],
      gone: [cluster],
    })),
    context,
  );

  const at = deps.clock.now();
  await record(context, undefined, async (tx, { journal, signal }) => {
    if (!(await revokeAgent(tx, cluster, at))) return;
    journal({
      at,
      actor,
      action: 'cluster.revoked',
      cluster,
      message: `Cluster ${cluster} was removed, its agent is revoked`,
      ...(apps.length > 0 && {
        why: `${apps
          .map(({ app, environmentTitle }) => `${app} in ${environmentTitle}`)
          .join(', ')} ran there${describeKept(data)}`,
      }),
    });
    signal({ kind: 'cluster', name: cluster });
    signal({ kind: 'fleet' });
  });
  deps.agents?.hub.revoke(cluster);
  await context.resync();
  return ok({ name: cluster, apps, data });
}

/** Names the data, because the cluster is in no list any more. */
function describeKept(data: readonly DataLeft[]): string {
  return data.length === 0
    ? ''
    : `; data stays there of ${data
        .map(
          ({ app, environmentTitle, resources }) =>
            `${app} in ${environmentTitle} (${resources
              .map(({ name }) => name)
              .join(', ')})`,
        )
        .join(', ')}`;
}
