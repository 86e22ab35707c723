import {
  type ContainerMeasurement,
  type UsageAmounts,
  readPodMetrics,
} from '@callboard/plugin-callboard-core';
import {
  FIELD_MANAGER,
  type KubeObject,
  LABELS,
  type Problem,
} from '@callboard/plugin-callboard-common';
import {
  type InstanceUsage,
  LeaseLostError,
  type ObjectDigest,
  type TrafficRecord,
  type UsageRecord,
  type UsageSeriesKey,
  keyOfSubject,
  saveUsage,
  saveUsageChunks,
  sweepUsage,
} from '../../store';
import { leaseOfCluster } from '../LeaseKeeper';
import { inTurns } from '../inTurns';
import { record } from '../record';
import type { ClusterWatcher } from '../roles';
import type { ManagedCluster } from './Fleet';
import { TrafficReader } from './TrafficReader';
import { UsagePeaks } from './UsagePeaks';

const POD_METRICS = {
  apiVersion: 'metrics.k8s.io/v1beta1',
  kind: 'PodMetrics',
};
const POD = { apiVersion: 'v1', kind: 'Pod' };
const CALL_MS = 10_000;
const SOON_MS = 5_000; // until everything was listed once
const OBJECTS_AT_ONCE = 200; // read without yielding to other work

/** Reported usage of pods, by namespace and name. */
type Measured = ReadonlyMap<string, readonly ContainerMeasurement[]>;

/**
 * Periodically reads what the apps of one cluster use, and saves it: one list
 * for all of them, one transaction. A cluster that does not report usage is
 * asked less and less often; requests and restarts of instances are known
 * without it. The cluster's Prometheus is queried at the same time.
 */
export class UsageSampler {
  readonly #cluster: ManagedCluster;
  readonly #context: ClusterWatcher;
  readonly #peaks: UsagePeaks;
  readonly #traffic: TrafficReader;
  readonly #stopping = new AbortController();
  #cancel?: () => void;
  #sampling: Promise<void> = Promise.resolve();
  #failures = 0;
  /** The cluster is not asked again before this time, ms. */
  #askAgainAtMs = 0;
  #problem?: Problem;
  #measuredAt?: Date;

  constructor(cluster: ManagedCluster, context: ClusterWatcher) {
    this.#cluster = cluster;
    this.#context = context;
    this.#peaks = new UsagePeaks(cluster.record.name);
    this.#traffic = new TrafficReader(cluster, context);
  }

  start(): void {
    const { random = Math.random } = this.#context.deps;
    // Spreads the requests of many clusters that start together.
    this.#later(this.#soonMs * random());
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#cancel?.();
    await this.#sampling;
  }

  #later(ms: number): void {
    if (this.#stopping.signal.aborted) return;
    this.#cancel = this.#context.timers.after(ms, () => {
      this.#sampling = this.#sample()
        .catch(error => this.#note(error))
        .then(hasLooked =>
          this.#later(
            hasLooked === true ? this.#context.intervals.usageMs : this.#soonMs,
          ),
        );
    });
  }

  /**
   * @returns false where the state of the cluster is not known at the moment
   */
  async #sample(): Promise<boolean> {
    const { isWatching, problem, contact, observed } = this.#cluster;
    if (!isWatching || problem || contact?.state === 'lost') return false;
    const pods = observed.ofKind(POD).filter(isOfApp);
    const [measured, trafficOf] =
      pods.length > 0
        ? await Promise.all([
            this.#measure(),
            this.#traffic.read(namespacesOf(pods), this.#stopping.signal),
          ])
        : [];
    if (this.#stopping.signal.aborted) return false;
    await this.#keep(pods, measured, trafficOf);
    return true;
  }

  /** Returns the current usage of pods; undefined where the cluster does not report it. */
  async #measure(): Promise<Measured | undefined> {
    const { deps, intervals } = this.#context;
    if (deps.clock.now().getTime() < this.#askAgainAtMs) return undefined;
    const answer = await this.#cluster.connection.list(POD_METRICS, {
      labelSelector: `${LABELS.managedBy}=${FIELD_MANAGER}`,
      isUnversioned: true,
      signal: this.#stopping.signal,
      deadlineMs: CALL_MS,
    });
    const now = deps.clock.now();
    if (!answer.ok) {
      this.#problem = answer.problem;
      this.#failures += 1;
      const { usageMs, usageBackOffMaxMs } = intervals;
      const pauseMs = Math.min(
        answer.problem.transient ? usageMs * 2 ** this.#failures : Infinity,
        usageBackOffMaxMs,
      );
      this.#askAgainAtMs = now.getTime() + pauseMs;
      return undefined;
    }
    this.#problem = undefined;
    this.#failures = 0;
    this.#measuredAt = now;
    return inTurns(readAll(answer.value.items));
  }

  async #keep(
    pods: readonly ObjectDigest[],
    measured: Measured | undefined,
    trafficOf: ((namespace: string) => TrafficRecord) | undefined,
  ): Promise<void> {
    const { deps, leases } = this.#context;
    const { name } = this.#cluster.record;
    const now = deps.clock.now();
    const isNewChunk = await this.#peaks.open(deps.knex, now);
    const records = [...groupByApp(pods)].map(([, group]) => ({
      ...keyOfApp(group[0]),
      lookedAt: now,
      ...(this.#measuredAt && { measuredAt: this.#measuredAt }),
      instances: group.map(pod => usageOf(pod, measured)),
      ...(this.#problem && { problem: this.#problem }),
      ...(trafficOf && { traffic: trafficOf(group[0].ref.namespace ?? '') }),
    }));
    const chunks = this.#peaks.add(records.flatMap(measurementsOf), now);
    await record(
      this.#context,
      leases.prove(leaseOfCluster(name)),
      async tx => {
        await saveUsage(tx, name, records, now);
        await saveUsageChunks(tx, chunks);
        if (isNewChunk) await sweepUsage(tx, now);
      },
    );
    this.#peaks.kept(chunks);
  }

  #note(error: unknown): void {
    if (error instanceof LeaseLostError) return; // another process works on it now
    this.#context.deps.logger.error(
      `Cannot record what apps use on "${this.#cluster.record.name}"`,
      error as Error,
    );
  }

  get #soonMs(): number {
    return Math.min(SOON_MS, this.#context.intervals.usageMs);
  }
}

function* readAll(items: readonly KubeObject[]): Generator<void, Measured> {
  const measured = new Map<string, readonly ContainerMeasurement[]>();
  for (const [index, item] of items.entries()) {
    const read = readPodMetrics(item);
    if (read) measured.set(`${read.namespace}/${read.pod}`, read.containers);
    if (index % OBJECTS_AT_ONCE === OBJECTS_AT_ONCE - 1) yield;
  }
  return measured;
}

/** Blueprints are not apps, and pods that have ended use nothing. */
function isOfApp({ deployment, containers, workload }: ObjectDigest): boolean {
  return (
    containers !== undefined &&
    workload !== undefined &&
    keyOfSubject(deployment).kind === 'app'
  );
}

function keyOfApp({ deployment }: ObjectDigest): {
  app: string;
  environment: string;
} {
  const key = keyOfSubject(deployment);
  return key.kind === 'app'
    ? { app: key.app, environment: key.environment }
    : { app: '', environment: '' };
}

/** Keeps measurements of known containers only: names from elsewhere must not become keys. */
function measurementsOf({
  app,
  environment,
  instances,
}: Pick<UsageRecord, 'app' | 'environment' | 'instances'>): Array<
  UsageSeriesKey & UsageAmounts
> {
  return instances.flatMap(({ workload, containers }) =>
    containers.flatMap(({ name: container, cpuMillicores, memoryBytes }) =>
      cpuMillicores === undefined || memoryBytes === undefined
        ? []
        : [
            {
              app,
              environment,
              workload,
              container,
              cpuMillicores,
              memoryBytes,
            },
          ],
    ),
  );
}

function namespacesOf(pods: readonly ObjectDigest[]): string[] {
  return [...new Set(pods.flatMap(({ ref }) => ref.namespace ?? []))].sort();
}

function placeOf({ ref }: ObjectDigest): string {
  return `${ref.namespace}/${ref.name}`;
}

function groupByApp(
  pods: readonly ObjectDigest[],
): Map<string, ObjectDigest[]> {
  const groups = new Map<string, ObjectDigest[]>();
  for (const pod of pods) {
    const group = groups.get(pod.deployment);
    if (group) group.push(pod);
    else groups.set(pod.deployment, [pod]);
  }
  return groups;
}

function usageOf(
  pod: ObjectDigest,
  measured: Measured | undefined,
): InstanceUsage {
  const taken = measured?.get(placeOf(pod));
  return {
    name: pod.ref.name,
    workload: pod.workload ?? '',
    containers: (pod.containers ?? []).map(container => {
      const found = taken?.find(each => each.container === container.name);
      return {
        ...container,
        ...(found && {
          cpuMillicores: found.cpuMillicores,
          memoryBytes: found.memoryBytes,
        }),
      };
    }),
  };
}
