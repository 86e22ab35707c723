import type { KubeRef, Problem } from '@callboard/plugin-callboard-common';
import {
  findContacts,
  findDeployments,
  findHeartbeats,
  findObservations,
  subjectOf,
} from '../../store';
import { findDeliveries } from '../delivery/findDeliveries';
import { loadDesired } from '../delivery/loadDesired';
import { type Tenure, leaseOfCluster } from '../LeaseKeeper';
import type { ClusterWatcher } from '../roles';
import { ClusterWorker } from './ClusterWorker';
import { ManagedCluster } from './Fleet';
import { ObservedObjects } from './ObservedObjects';
import type { KnownCluster } from './syncClusters';

interface RunningCluster {
  /** The tenure in which the worker was started: in another one it is started again. */
  tenure: Tenure;
  managed: ManagedCluster;
  worker: ClusterWorker;
}

/** When a cluster was seen last. */
export interface Heartbeat {
  cluster: string;
  seenAt: Date;
}

/** The clusters that this process works on: those whose lease it holds. */
export class RunningClusters {
  readonly #running = new Map<string, RunningCluster>();
  readonly #context: ClusterWatcher;
  readonly #endOfRunBefore: () => Date | undefined;

  /** @param endOfRunBefore - when the process before this one ended, where that is known */
  constructor(context: ClusterWatcher, endOfRunBefore: () => Date | undefined) {
    this.#context = context;
    this.#endOfRunBefore = endOfRunBefore;
  }

  /** Stops clusters that are no longer known or held, and starts those that are. */
  async sync(known: ReadonlyMap<string, KnownCluster>): Promise<void> {
    const { leases, deps, isStopping } = this.#context;
    for (const [name, running] of this.#running) {
      const now = known.get(name);
      const isReplaced =
        now !== undefined &&
        now.record.source !== running.managed.record.source;
      if (!now || isReplaced || !leases.isCurrent(running.tenure))
        await this.#stopCluster(name);
      else running.managed.record = now.record;
    }
    const missing = [...known].filter(
      ([name]) =>
        !this.#running.has(name) && leases.holds(leaseOfCluster(name)),
    );
    if (missing.length === 0) return;
    const contacts = await findContacts(deps.knex);
    const heartbeats = await findHeartbeats(deps.knex);
    for (const [name, cluster] of missing) {
      if (isStopping()) return;
      const before = {
        contact: contacts.get(name),
        heartbeat: heartbeats.get(name),
      };
      await this.#startCluster(cluster, before);
    }
  }

  /** Checks a cluster at once, where it is one of these. */
  lookNow(cluster: string): void {
    this.#running.get(cluster)?.worker.lookNow();
  }

  heartbeats(): Heartbeat[] {
    return [...this.#running.values()].flatMap(
      ({ managed: { record: cluster, lastSeenAt } }) =>
        lastSeenAt ? [{ cluster: cluster.name, seenAt: lastSeenAt }] : [],
    );
  }

  /** Stops all clusters; the caller saves their heartbeats, all at once. */
  async stop(): Promise<void> {
    await Promise.all(
      [...this.#running.keys()].map(name =>
        this.#stopCluster(name, { isBeatKept: false }),
      ),
    );
  }

  async #startCluster(
    { registered, record: cluster }: KnownCluster,
    before: { contact: ManagedCluster['contact']; heartbeat: Date | undefined },
  ): Promise<void> {
    const { deps, fleet, leases, queue } = this.#context;
    const tenure = leases.tenureOf(leaseOfCluster(cluster.name));
    const kept = await findObservations(deps.knex, cluster.name);
    const observed = new ObservedObjects(cluster.name, kept, object =>
      this.#context.health.judge(object),
    );
    const managed = new ManagedCluster(
      cluster,
      deps.connect(registered, {
        refuseWrite: ref =>
          leases.isCertain(tenure)
            ? undefined
            : leaseUncertain(cluster.name, ref),
      }),
      observed,
      deps.clock.now(),
    );
    managed.contact = before.contact;
    managed.lastSeenAt = this.#lastSeenOf(managed, before.heartbeat);
    const worker = new ClusterWorker(managed, this.#context);
    managed.onExpect(objects => worker.expect(objects));
    this.#running.set(cluster.name, { tenure, managed, worker });
    fleet.put(managed);
    await this.#expectKnown(managed);
    worker.start();
    for (const key of await findDeliveries(deps.knex, {
      cluster: cluster.name,
    }))
      queue.add({ kind: 'delivery', key });
    if (registered.connectionKind === 'agent')
      queue.add({ kind: 'agent', cluster: cluster.name });
  }

  /**
   * A cluster that was not lost when the previous process ended was in contact
   * until then, later than its last saved heartbeat.
   */
  #lastSeenOf(
    { contact }: ManagedCluster,
    kept: Date | undefined,
  ): Date | undefined {
    const before = this.#endOfRunBefore();
    const isAlone = this.#context.deps.isSoleProcess === true;
    if (!isAlone || !before || !kept || contact?.state !== 'live') return kept;
    return before > kept ? before : kept;
  }

  /** The desired state must be known before the watch begins: it distinguishes drift from intent. */
  async #expectKnown(managed: ManagedCluster): Promise<void> {
    for (const deployment of await findDeployments(this.#context.deps.knex, {
      cluster: managed.record.name,
    })) {
      if (deployment.state.desiredRelease === undefined) continue;
      const desired = await loadDesired(deployment, managed, this.#context);
      if (desired?.ok)
        managed.expect(subjectOf(deployment.key), desired.value.objects);
    }
  }

  async #stopCluster(
    name: string,
    options?: { isBeatKept: boolean },
  ): Promise<void> {
    const running = this.#running.get(name);
    if (!running) return;
    this.#running.delete(name);
    this.#context.fleet.drop(name);
    await running.worker.stop(options);
    await running.managed.connection.close();
  }
}

/**
 * API servers do not check leases. A process that was suspended (on a node that
 * swaps, or a virtual machine that is moved) continues in the middle of a
 * write, and would overwrite what another one has replaced meanwhile.
 */
function leaseUncertain(cluster: string, { kind, name }: KubeRef): Problem {
  return {
    code: 'lease-uncertain',
    what: `Cannot change ${kind} "${name}" on cluster "${cluster}"`,
    why: 'this process of the portal has not renewed its lease of the cluster in time, and another one may work there',
    next: 'The process that holds the lease continues by itself',
    transient: true,
  };
}
