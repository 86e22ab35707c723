import { namespaceOf } from '@callboard/plugin-callboard-core';
import { listOf } from '@callboard/plugin-callboard-common';
import {
  type DeploymentRecord,
  closeDeployment,
  findDeployment,
  subjectOf,
} from '../../store';
import type { ManagedCluster } from '../fleet/Fleet';
import { leaseOfCluster } from '../LeaseKeeper';
import { engineOf } from './engineOf';
import type { Outcome } from '../queue';
import { record } from '../record';
import type { Deliverer } from '../roles';
import { recordDelivery } from './recordDelivery';
import { keepData } from './keepData';
import { moveSecretsFrom } from './secrets/moveSecretsFrom';

const STILL_GOING_MS = 1_000; // deletion takes time on a cluster

/** Removes a deployment's objects from a cluster; the record is closed only once none is left. */
export async function removeDelivery(
  deployment: DeploymentRecord,
  {
    cluster,
    context,
    signal,
  }: {
    cluster: ManagedCluster;
    context: Deliverer;
    signal: AbortSignal;
  },
): Promise<Outcome> {
  const { key } = deployment;
  const at = context.deps.clock.now();
  const target =
    key.kind === 'app'
      ? {
          deployment: namespaceOf(key.app, key.environment),
          namespace: namespaceOf(key.app, key.environment),
        }
      : { deployment: 'blueprint' };
  const removed = await engineOf(cluster, context.deps).remove(
    cluster.connection,
    target,
    { signal },
  );
  const problem = removed.ok
    ? removed.value.changes.find(change => change.action === 'refused')?.problem
    : removed.problem;
  if (problem) {
    await recordDelivery(deployment, { problem }, context);
    return { kind: problem.transient ? 'retry' : 'stuck', problem };
  }
  if (removed.ok && !removed.value.complete) {
    return {
      kind: 'again',
      afterMs: STILL_GOING_MS,
      because: 'the cluster is still deleting',
    };
  }
  await record(
    context,
    context.leases.prove(leaseOfCluster(key.cluster)),
    async (tx, { journal, signal: notify, wake }) => {
      const current = await findDeployment(tx, key);
      if (!current || current.state.desiredRelease !== undefined) return; // it is desired again
      await closeDeployment(tx, key, at);
      const kept = (removed.ok && removed.value.kept) || [];
      if (key.kind === 'app') {
        if (kept.length === 0) await moveSecretsFrom(tx, key, at);
        else await keepData(tx, { key, state: current.state }, { kept, at });
        wake({ kind: 'delivery', key }); // its deletion may have been requested already
      }
      notify(
        key.kind === 'app'
          ? { kind: 'app', name: key.app }
          : { kind: 'cluster', name: key.cluster },
      );
      journal({
        at,
        actor: 'system:delivery',
        action: 'deployment.removed',
        ...(key.kind === 'app' && {
          app: key.app,
          environment: key.environment,
        }),
        cluster: key.cluster,
        ...(key.kind === 'app'
          ? {
              message: `${deployment.name} was removed from ${
                key.cluster
              }${describeKept(kept)}`,
              why: 'it is no longer placed there',
              ...(kept.length > 0 && { after: { kept } }),
            }
          : {
              message: `Blueprint ${deployment.name} was removed from ${key.cluster}`,
              why: 'the cluster names no blueprint',
            }),
      });
    },
  );
  cluster.observed.expect(subjectOf(key), []);
  return { kind: 'settled' };
}

/** Data outlives the app on a cluster: people must be informed of it. */
function describeKept(kept: readonly string[]): string {
  return kept.length === 0
    ? ''
    : `; the data of ${listOf([...kept])} was kept there`;
}
