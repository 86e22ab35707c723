import type { ChangeSignal } from '@callboard/plugin-callboard-common';
import { describeContactLoss } from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import {
  findContacts,
  findDeployments,
  findEnvironmentReleases,
  saveContact,
  saveHeartbeats,
} from '../../store';
import { findDeliveries } from '../delivery/findDeliveries';
import { leaseOfCluster } from '../LeaseKeeper';
import { record } from '../record';
import type { LeasedRecorder } from '../roles';
import type { ManagedCluster } from './Fleet';

/** Records that a cluster is in contact (again), and queues everything that waited for it. */
export async function recordReturn(
  cluster: ManagedCluster,
  context: LeasedRecorder,
): Promise<void> {
  const { name } = cluster.record;
  const at = context.deps.clock.now();
  const before = cluster.contact;
  await record(
    context,
    context.leases.prove(leaseOfCluster(name)),
    async (tx, { journal, signal }) => {
      await saveHeartbeats(tx, [{ cluster: name, seenAt: at }]);
      await saveContact(tx, name, { state: 'live', at });
      if (before?.state !== 'live') {
        journal({
          at,
          actor: 'system:fleet',
          action: before ? 'cluster.returned' : 'cluster.connected',
          cluster: name,
          message: before
            ? `Cluster ${name} is in contact again`
            : `Cluster ${name} was reached for the first time`,
        });
      }
      for (const change of await signalsOf(tx, name)) signal(change);
    },
  );
  cluster.contact = (await findContacts(context.deps.knex)).get(name);
  // Only after the transaction: an earlier delivery would still find the cluster lost.
  const { knex } = context.deps;
  for (const key of await findDeliveries(knex, { cluster: name }))
    context.queue.add({ kind: 'delivery', key });
  for (const { app, environment } of await findEnvironmentReleases(knex)) {
    context.queue.add({ kind: 'placement', app, environment });
  }
  context.queue.add({ kind: 'failback' });
}

/**
 * Records that a cluster was out of contact for too long: from `at` on, its
 * state is Unknown.
 *
 * @param at - when the deadline passed; before now where this process was not
 *   there to notice
 */
export async function recordLoss(
  cluster: ManagedCluster,
  context: LeasedRecorder,
  { at, isNotedLate }: { at: Date; isNotedLate: boolean },
): Promise<void> {
  const { name } = cluster.record;
  const { lastSeenAt, problem } = cluster;
  cluster.silentSince = context.deps.clock.now(); // a loss noticed late counts from now: no process was listening before
  await record(
    context,
    context.leases.prove(leaseOfCluster(name)),
    async (tx, { journal, signal }) => {
      await saveContact(tx, name, { state: 'lost', at, lastSeenAt, problem });
      for (const change of await signalsOf(tx, name)) signal(change);
      if (isNotedLate) return; // Callboard itself was away; this says nothing of the cluster
      journal({
        at,
        actor: 'system:fleet',
        action: 'cluster.unreachable',
        cluster: name,
        message: describeContactLoss(name, cluster.record.livenessDeadlineMs),
        why: problem ? `${problem.what}: ${problem.why}` : 'it does not answer',
      });
    },
  );
  cluster.contact = (await findContacts(context.deps.knex)).get(name);
  // From now on the delay until apps move away runs; a rollout on its way there defers it.
  for (const { key } of await findDeployments(context.deps.knex, {
    cluster: name,
  })) {
    if (key.kind === 'app')
      context.queue.add({
        kind: 'placement',
        app: key.app,
        environment: key.environment,
      });
  }
}

/** Returns signals for the cluster, the fleet, and every app that runs there. */
async function signalsOf(tx: Knex, cluster: string): Promise<ChangeSignal[]> {
  const deployments = await findDeployments(tx, { cluster });
  const apps = deployments.flatMap(({ key }) =>
    key.kind === 'app' ? [key.app] : [],
  );
  return [
    { kind: 'fleet' },
    { kind: 'cluster', name: cluster },
    ...[...new Set(apps)].map((name): ChangeSignal => ({ kind: 'app', name })),
  ];
}
