import { namespaceOf } from '@callboard/plugin-callboard-core';
import { type Problem, listOf } from '@callboard/plugin-callboard-common';
import {
  type AppDeploymentKey,
  type KeptDataRecord,
  closeKeptData,
  findDeployment,
  findKeptData,
  saveKeptData,
} from '../../store';
import type { ManagedCluster } from '../fleet/Fleet';
import { leaseOfCluster } from '../LeaseKeeper';
import type { Outcome } from '../queue';
import { record } from '../record';
import type { Deliverer, LeasedRecorder, SecretMasker } from '../roles';
import { engineOf } from './engineOf';
import { maskSecretsOf } from '../settings/maskSecrets';
import { moveSecretsFrom } from './secrets/moveSecretsFrom';

const STILL_GOING_MS = 1_000; // deletion takes time on a cluster

/** Deletes the data that an app left on a cluster, where that was requested, together with its namespace. */
export async function deleteKeptData(
  key: AppDeploymentKey,
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
  // observe
  const [data] = await findKeptData(context.deps.knex, key);
  if (!data?.deletion) return { kind: 'settled' };

  // act
  const namespace = namespaceOf(key.app, key.environment);
  const removed = await engineOf(cluster, context.deps).remove(
    cluster.connection,
    { deployment: namespace, namespace, deletesData: true },
    { signal },
  );
  const problem = removed.ok
    ? removed.value.changes.find(change => change.action === 'refused')?.problem
    : removed.problem;

  // record
  if (problem) {
    await recordProblem(data, problem, context);
    return { kind: problem.transient ? 'retry' : 'stuck', problem };
  }
  if (removed.ok && !removed.value.complete)
    return {
      kind: 'again',
      afterMs: STILL_GOING_MS,
      because: 'the cluster is still deleting',
    };
  await recordDeletion(data, key, context);
  return { kind: 'settled' };
}

async function recordProblem(
  seen: KeptDataRecord,
  problem: Problem,
  context: LeasedRecorder & SecretMasker,
): Promise<void> {
  const at = context.deps.clock.now();
  const mask = await maskSecretsOf(seen.app, context); // a cluster may quote the object that it refuses
  await record(
    context,
    context.leases.prove(leaseOfCluster(seen.cluster)),
    async (tx, { signal }) => {
      const [data] = await findKeptData(tx, keyOf(seen));
      if (!data?.deletion) return;
      const { by } = data.deletion;
      const deletion = { by, problem: mask(problem) };
      await saveKeptData(tx, { ...data, deletion }, at);
      signal({ kind: 'app', name: data.app });
    },
  );
}

async function recordDeletion(
  seen: KeptDataRecord,
  key: AppDeploymentKey,
  context: LeasedRecorder,
): Promise<void> {
  const { app, environment, cluster } = seen;
  const at = context.deps.clock.now();
  await record(
    context,
    context.leases.prove(leaseOfCluster(cluster)),
    async (tx, { journal, signal }) => {
      const [data] = await findKeptData(tx, keyOf(seen));
      if (!data?.deletion || (await findDeployment(tx, key))) return; // it is placed there again
      await closeKeptData(tx, key, at);
      await moveSecretsFrom(tx, key, at);
      journal({
        at,
        actor: 'system:delivery',
        action: 'app.data-deleted',
        app,
        environment,
        cluster,
        message: `The data of ${listOf(
          data.resources.map(({ name }) => name),
        )} of ${app} was deleted on ${cluster}`,
        why: `${data.deletion.by} wanted it`,
      });
      signal({ kind: 'app', name: app });
    },
  );
}

function keyOf({ app, environment, cluster }: KeptDataRecord) {
  return { app, environment, cluster };
}
