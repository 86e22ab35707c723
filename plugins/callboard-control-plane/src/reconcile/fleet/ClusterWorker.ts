import {
  type ClusterEvent,
  type Liveness,
  type WatchedKind,
  kindKey,
  watchCluster,
} from '@callboard/plugin-callboard-clusters-node';
import {
  type KubeObject,
  LABELS,
  FIELD_MANAGER,
  type ResourceAmounts,
} from '@callboard/plugin-callboard-common';
import type { KindRef } from '@callboard/plugin-callboard-node';
import {
  type ClusterFactsRecord,
  LeaseLostError,
  keyOfSubject,
  saveClusterFacts,
  saveHeartbeats,
  saveObservations,
} from '../../store';
import { leaseOfCluster } from '../LeaseKeeper';
import type { Amounts } from '../observing/amounts';
import { record } from '../record';
import type { ClusterWatcher } from '../roles';
import type { ManagedCluster } from './Fleet';
import { recordLoss, recordReturn } from './contact';
import { AppObserver } from './AppObserver';
import { NodeTally } from './NodeTally';
import { PodTally } from './PodTally';
import { UsageSampler } from './UsageSampler';

const NODE: WatchedKind = {
  apiVersion: 'v1',
  kind: 'Node',
  labelSelector: '',
  neverResumes: true,
};

/** Pods of others take capacity too. Only their sum is kept. */
const FOREIGN_POD: WatchedKind = {
  apiVersion: 'v1',
  kind: 'Pod',
  labelSelector: `${LABELS.managedBy}!=${FIELD_MANAGER}`,
  neverResumes: true,
  isOptional: true,
};

/** Watched on every cluster; other kinds are added when they are desired somewhere. */
const COMMON_KINDS: readonly KindRef[] = [
  { apiVersion: 'v1', kind: 'Namespace' },
  { apiVersion: 'v1', kind: 'ConfigMap' },
  { apiVersion: 'v1', kind: 'Service' },
  { apiVersion: 'v1', kind: 'Pod' },
  { apiVersion: 'apps/v1', kind: 'Deployment' },
];

const LATE_MS = 10_000; // a process that checks this late was suspended itself: it was not watching the cluster
const KEEP_MS = 500; // observations are saved this long after they were made, many at a time
const HEARTBEAT_MS = 60_000; // how often the last contact is saved for the next process
const COALESCE_MS = 100; // a rollout is many events; one reconcile handles those that come together

/**
 * Works on one cluster for as long as this process holds its lease: watches it,
 * detects loss and return of contact, and queues a reconcile of deployments
 * whose objects changed.
 */
export class ClusterWorker {
  readonly #cluster: ManagedCluster;
  readonly #context: ClusterWatcher;
  readonly #nodes = new NodeTally();
  readonly #foreignPods = new PodTally();
  /** Absent until the pods were listed: unknown pods count as none. */
  #foreign?: () => Amounts;
  readonly #usage: UsageSampler;
  readonly #observer: AppObserver;
  readonly #stopping = new AbortController();
  readonly #kinds = new Map<string, WatchedKind>();
  #restartWatch = new AbortController();
  #watching: Promise<void> = Promise.resolve();
  #cancelKeep?: () => void;
  #cancelDeadline?: () => void;
  #heartbeatAt?: Date;
  #facts?: ClusterFactsRecord & { keptAtMs: number };
  #version?: string;
  /** Serializes writes: contact, facts and observations of one cluster never race. */
  #writing: Promise<void> = Promise.resolve();

  constructor(cluster: ManagedCluster, context: ClusterWatcher) {
    this.#cluster = cluster;
    this.#context = context;
    this.#usage = new UsageSampler(cluster, context);
    this.#observer = new AppObserver(cluster, context);
    for (const kind of [NODE, ...COMMON_KINDS])
      this.#kinds.set(kindKey(kind), kind);
    for (const kind of cluster.observed.kinds()) this.#addKind(kindOfKey(kind));
  }

  start(): void {
    this.#heartbeatAt = this.#cluster.lastSeenAt;
    this.#cluster.observed.judgeBy(this.#context.health.fingerprint);
    this.#armDeadline();
    this.#watching = this.#watch();
    this.#usage.start();
    this.#observer.start();
  }

  /** Watches the kinds of these objects too, from now on. */
  expect(objects: readonly KubeObject[]): void {
    const before = this.#kinds.size;
    for (const { apiVersion, kind } of objects)
      this.#addKind({ apiVersion, kind });
    if (this.#kinds.size > before) this.#restartWatch.abort();
  }

  /**
   * Checks the cluster at once instead of waiting for the back-off: a new link
   * is there, and earlier failures do not concern it.
   */
  lookNow(): void {
    if (this.#cluster.problem || this.#cluster.contact?.state !== 'live')
      this.#restartWatch.abort();
  }

  /**
   * Ends the watch and saves what was observed.
   *
   * @param options.isBeatKept - false where the caller saves the last contact
   */
  async stop({ isBeatKept = true } = {}): Promise<void> {
    this.#stopping.abort();
    this.#cancelDeadline?.();
    this.#cancelKeep?.();
    await this.#watching;
    await this.#usage.stop();
    await this.#observer.stop();
    const beatAfterMs = isBeatKept ? 1 : Infinity;
    this.#write(() => this.#keep({ beatAfterMs }));
    await this.#writing;
  }

  async #watch(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      this.#restartWatch = new AbortController();
      const { observed } = this.#cluster;
      await watchCluster(
        this.#cluster.connection,
        {
          kinds: [FOREIGN_POD, ...this.#kinds.values()],
          labelSelector: `${LABELS.managedBy}=${FIELD_MANAGER}`,
          resumeFrom: observed.cursors(),
          listKnown: async kind => {
            if (kind === NODE) return this.#nodes.known();
            if (kind === FOREIGN_POD) return this.#foreignPods.known();
            return observed.ofKind(kind).map(({ uid, ref }) => ({ uid, ref }));
          },
          onEvent: event => this.#onEvent(event),
          onSync: ({ kind, resourceVersion }) => {
            if (kind === FOREIGN_POD && !this.#foreign) {
              this.#foreign = () => this.#foreignPods.sum();
              this.#keepSoon();
            }
            if (kind.neverResumes) return; // counted from a full list at every start
            observed.moveCursor(kindKey(kind), resourceVersion);
            this.#keepSoon();
          },
          onLiveness: liveness => this.#onLiveness(liveness),
          onFault: ({ kind, error }) =>
            this.#context.deps.logger.error(
              `Watch of ${kind.kind} on "${this.#name}" failed`,
              error as Error,
            ),
          silenceMs: this.#cluster.record.livenessDeadlineMs,
          ...(this.#context.deps.random && {
            random: this.#context.deps.random,
          }),
          now: () => this.#context.deps.clock.now(),
        },
        AbortSignal.any([this.#stopping.signal, this.#restartWatch.signal]),
      );
    }
  }

  #onEvent(event: ClusterEvent): void {
    const now = this.#context.deps.clock.now();
    if (event.kind === FOREIGN_POD) {
      if (event.type === 'present') this.#foreignPods.see(event.object);
      else this.#foreignPods.lose(event.ref, event.uid);
      return; // saved with the next heartbeat: a busy cluster of others is no reason to write
    }
    if (event.kind === NODE) {
      if (event.type === 'present') this.#nodes.see(event.object);
      else this.#nodes.lose(event.ref.name);
      this.#keepSoon();
      return;
    }
    const { observed } = this.#cluster;
    const subject =
      event.type === 'present'
        ? observed.see(event.object, now)
        : observed.lose(event.ref, event.uid);
    if (subject !== undefined) {
      this.#context.queue.addAfter(
        { kind: 'delivery', key: keyOfSubject(subject) },
        COALESCE_MS,
      );
    }
    this.#keepSoon();
  }

  #onLiveness(liveness: Liveness): void {
    const cluster = this.#cluster;
    if (liveness.kind === 'silent') {
      cluster.problem = liveness.problem;
      return; // the deadline decides, not one missed beat
    }
    cluster.lastSeenAt = liveness.at;
    cluster.roundTripMs = liveness.roundTripMs;
    cluster.problem = undefined;
    this.#version = liveness.version.gitVersion;
    this.#armDeadline();
    // The rules changed: a list returns every object once more, and the watch continues from
    // there.
    if (cluster.observed.judgeBy(this.#context.health.fingerprint))
      this.#restartWatch.abort();
    const isNews = cluster.contact?.state !== 'live' || !cluster.isWatching;
    cluster.isWatching = true;
    if (isNews) this.#write(() => recordReturn(cluster, this.#context));
    this.#keepSoon();
  }

  /** Checks at the instant at which the last contact becomes too old, if none comes before. */
  #armDeadline(): void {
    this.#cancelDeadline?.();
    const {
      lastSeenAt,
      record: { livenessDeadlineMs },
    } = this.#cluster;
    const now = this.#context.deps.clock.now();
    const startedLate =
      lastSeenAt !== undefined &&
      now.getTime() - lastSeenAt.getTime() > livenessDeadlineMs;
    const silentAtMs = (lastSeenAt ?? now).getTime() + livenessDeadlineMs;
    const look = () => {
      const missed = this.#context.deps.clock.now().getTime() - silentAtMs;
      if (missed <= 0) {
        this.#cancelDeadline = this.#context.timers.after(1 - missed, look);
        return;
      }
      const at = new Date(silentAtMs + 1);
      this.#write(async () => {
        if (
          this.#cluster.contact?.state === 'lost' ||
          this.#cluster.lastSeenAt !== lastSeenAt ||
          this.#isAwaited
        )
          return;
        await recordLoss(this.#cluster, this.#context, {
          at,
          isNotedLate: startedLate || missed > LATE_MS,
        });
      });
    };
    this.#cancelDeadline = this.#context.timers.after(
      Math.max(0, silentAtMs + 1 - now.getTime()),
      look,
    );
  }

  #keepSoon(): void {
    if (this.#cancelKeep || this.#stopping.signal.aborted) return;
    this.#cancelKeep = this.#context.timers.after(KEEP_MS, () => {
      this.#cancelKeep = undefined;
      this.#write(() => this.#keep());
    });
  }

  /** Saves observations, the facts that the cluster reports, and periodically the last contact. */
  async #keep({ beatAfterMs = HEARTBEAT_MS } = {}): Promise<void> {
    const now = this.#context.deps.clock.now();
    const { observed, lastSeenAt } = this.#cluster;
    const seen = observed.takeUnkept();
    const facts: ClusterFactsRecord | undefined = this.#cluster.isWatching
      ? {
          ...(this.#version !== undefined && { version: this.#version }),
          ...this.#nodes.sum(),
          requested: observed.sumRequests(),
          ...(this.#foreign && { requestedByOthers: this.#foreign() }),
        }
      : undefined;
    const isNewFacts = facts !== undefined && this.#isNews(facts, now);
    const sinceBeatMs =
      (lastSeenAt?.getTime() ?? 0) - (this.#heartbeatAt?.getTime() ?? 0);
    const isBeatDue = lastSeenAt !== undefined && sinceBeatMs >= beatAfterMs;
    if (!seen && !isNewFacts && !isBeatDue) return;
    try {
      await record(
        this.#context,
        this.#context.leases.prove(leaseOfCluster(this.#name)),
        async (tx, { signal }) => {
          if (seen) await saveObservations(tx, this.#name, seen);
          if (isBeatDue)
            await saveHeartbeats(tx, [
              { cluster: this.#name, seenAt: lastSeenAt },
            ]);
          if (
            isNewFacts &&
            (await saveClusterFacts(tx, this.#name, facts, now))
          ) {
            signal({ kind: 'cluster', name: this.#name });
          }
        },
      );
    } catch (error) {
      if (seen) observed.requeue(seen);
      this.#keepSoon();
      throw error;
    }
    if (isNewFacts) this.#facts = { ...facts, keptAtMs: now.getTime() };
    if (isBeatDue) this.#heartbeatAt = lastSeenAt;
  }

  /** The requests of foreign pods are saved once a minute, and at once where they changed by much. */
  #isNews(facts: ClusterFactsRecord, now: Date): boolean {
    if (!this.#facts) return true;
    const { keptAtMs, ...kept } = this.#facts;
    const { requestedByOthers: before, ...keptOwn } = kept;
    const { requestedByOthers: after, ...own } = facts;
    if (JSON.stringify(own) !== JSON.stringify(keptOwn)) return true;
    if (JSON.stringify(before) === JSON.stringify(after)) return false;
    return (
      now.getTime() - keptAtMs >= HEARTBEAT_MS ||
      !before ||
      !after ||
      isFarFrom(before, after, facts.allocatable)
    );
  }

  #write(write: () => Promise<void>): void {
    this.#writing = this.#writing.then(write).catch(error => {
      if (error instanceof LeaseLostError) return; // another process works on it now
      this.#context.deps.logger.error(
        `Cannot record what was seen of "${this.#name}"`,
        error as Error,
      );
    });
  }

  /**
   * Secrets are not watched: a watch would require permission to read all of
   * them. An agent that was installed by an older Callboard may lack
   * permissions for some of the kinds that apps are now made of; the others are
   * known as well as before.
   */
  #addKind(kind: KindRef): void {
    if (kind.kind === 'Secret') return;
    const key = kindKey(kind);
    if (!this.#kinds.has(key))
      this.#kinds.set(key, { ...kind, mayBeRefused: true });
  }

  /** An agent that was registered and never connected is not lost. */
  get #isAwaited(): boolean {
    return (
      this.#cluster.record.connectionKind === 'agent' &&
      this.#cluster.contact === undefined &&
      this.#cluster.lastSeenAt === undefined
    );
  }

  get #name(): string {
    return this.#cluster.record.name;
  }
}

/** The kind of a cursor: `apps/v1/Deployment`. */
function kindOfKey(key: string): KindRef {
  const slash = key.lastIndexOf('/');
  return { apiVersion: key.slice(0, slash), kind: key.slice(slash + 1) };
}

const MUCH = 0.02; // of the cluster's capacity

function isFarFrom(
  before: ResourceAmounts,
  after: ResourceAmounts,
  all: ResourceAmounts,
): boolean {
  return (['cpuMillicores', 'memoryBytes', 'pods'] as const).some(
    resource =>
      Math.abs((after[resource] ?? 0) - (before[resource] ?? 0)) >
      MUCH * (all[resource] ?? 0),
  );
}
