import { type Result, failed, ok } from '@callboard/plugin-callboard-common';
import { record } from '../../reconcile/record';
import type { Recorder } from '../../reconcile/roles';
import {
  closeScheduling,
  findCluster,
  findDeployments,
  findEnvironmentReleases,
  findSchedulings,
  saveScheduling,
} from '../../store';
import type { ControlPlane } from '../ControlPlane';
import { clusterMissing } from '../problems';

export type SchedulingInput = Parameters<ControlPlane['scheduleCluster']>[0];

const WORDS = {
  cordon: {
    action: 'cluster.cordoned',
    mode: 'cordoned',
    says: 'is cordoned: nothing new is placed there, what runs there stays',
  },
  drain: {
    action: 'cluster.drained',
    mode: 'draining',
    says: 'is being drained: what runs there moves away',
  },
  uncordon: {
    action: 'cluster.uncordoned',
    mode: undefined,
    says: 'takes apps again',
  },
} as const;

/**
 * Cordons, drains or uncordons a cluster, and triggers every placement, which
 * does the rest. A cluster already in that state keeps it, with the actor who
 * set it.
 */
export async function scheduleCluster(
  { cluster, to, actor, why }: SchedulingInput,
  context: Recorder,
): Promise<Result<void>> {
  const { knex, clock } = context.deps;
  if (!(await findCluster(knex, cluster)))
    return failed(clusterMissing(cluster));
  const { action, mode, says } = WORDS[to];
  const at = clock.now();
  await record(
    context,
    undefined,
    async (tx, { journal, signal, wake }): Promise<void> => {
      const before = (await findSchedulings(tx)).get(cluster);
      if (before?.mode === mode) return;
      if (mode === undefined) await closeScheduling(tx, cluster, at);
      else
        await saveScheduling(tx, {
          cluster,
          mode,
          by: actor,
          ...(why !== undefined && { why }),
          since: at,
        });
      journal({
        at,
        actor,
        action,
        cluster,
        message: `Cluster ${cluster} ${says}`,
        ...(why !== undefined && { why }),
        before: { scheduling: before?.mode ?? 'open' },
        after: { scheduling: mode ?? 'open' },
      });
      signal({ kind: 'cluster', name: cluster });
      signal({ kind: 'fleet' });
      for (const { key } of await findDeployments(tx, { cluster }))
        if (key.kind === 'app') signal({ kind: 'app', name: key.app });
      for (const { app, environment } of await findEnvironmentReleases(tx))
        wake({ kind: 'placement', app, environment });
      wake({ kind: 'failback' });
    },
  );
  return ok(undefined);
}
