import type { TunnelEvent } from '@callboard/plugin-callboard-clusters-node';
import { AppLocks } from '@callboard/plugin-callboard-node';
import type { ControlPlaneDeps } from '../ControlPlaneDeps';
import { DEFAULT_INTERVALS } from '../Intervals';
import {
  beginHistory,
  describeStoreFault,
  findClusters,
  LeaseLostError,
  listJournal,
  readJournalHead,
  releaseAllLeases,
  saveHeartbeats,
  StoreCondition,
} from '../store';
import { pause, processTimers } from '../Timers';
import { AgentLinks } from './agents/AgentLinks';
import { BlueprintsInUse } from './blueprints/BlueprintsInUse';
import { readBlueprintVersions } from './blueprints/recordBlueprintVersions';
import { withRecorded } from './blueprints/withAssignment';
import { ChangeFeed } from './ChangeFeed';
import { Fleet } from './fleet/Fleet';
import { RunningClusters } from './fleet/RunningClusters';
import {
  type KnownCluster,
  askSources,
  recordClusters,
  recordSourceFaults,
} from './fleet/syncClusters';
import { LEADER_LEASE, LeaseKeeper, leaseOfCluster } from './LeaseKeeper';
import { HealthRulesInUse } from './observing/HealthRulesInUse';
import { type LanePlaces, WorkQueue } from './queue';
import { FleetSnapshots } from './placing/readFleet';
import { ReleaseWorkloadsCache } from './placing/ReleaseWorkloads';
import { RenderedApps } from './delivery/RenderedApps';
import { SecretMasks } from './settings/SecretMasks';
import { RunKeeper } from './RunKeeper';
import { recordPlatform } from './recordPlatform';
import { resealSecrets } from './settings/resealSecrets';
import type {
  BlueprintReader,
  ClusterReader,
  ClusterRegistrar,
  ClusterWatcher,
  Deliverer,
  ImageRemover,
  PageReader,
  PlacementRecorder,
  ReleaseBuilder,
  StoreWatcher,
} from './roles';
import { runWork } from './runWork';
import { wakeByEntries, wakeEverything } from './wakeWork';
import { type Work, keyOfWork, laneOfWork } from './Work';

const PER_LANE = 4; // concurrent runs of one lane; bounds the concurrent requests to a cluster
const TAIL_ENTRIES = 200;
const START_AGAIN_MS = 1_000; // the database may be available again
/** Journal entries of other processes after which a cluster may be added, removed or run another blueprint. */
const CLUSTERS_DIFFER = [
  'cluster.registered',
  'cluster.revoked',
  'cluster.blueprint-assigned',
];

/**
 * Builds take long and run pushed code: one owner gets a part of the slots, and
 * one slot is reserved for owners without a running build. A build that waits
 * for a registry that does not answer delays no other.
 */
const BUILD_PLACES: LanePlaces = {
  most: 5,
  perOwner: 3,
  reserved: 1,
  quiet: 4,
};

function placesOfLane(lane: string): LanePlaces {
  if (lane === 'build') return BUILD_PLACES;
  return { most: lane === 'placement' ? 1 : PER_LANE };
}

/** All roles in one object: created here and passed on by role. */
type Everything = { deps: ControlPlaneDeps } & BlueprintReader &
  ClusterReader &
  ClusterRegistrar &
  ClusterWatcher &
  Deliverer &
  ImageRemover &
  PageReader &
  PlacementRecorder &
  ReleaseBuilder &
  StoreWatcher;

/**
 * Runs the control plane: acquires leases, works on the clusters it holds, runs
 * the reconcilers, and periodically resyncs everything, whatever was missed.
 * In-memory state is lost with the process, and rebuilt by the next one.
 */
export class ReconcileLoop {
  readonly context: Everything;
  readonly #queue: WorkQueue<Work>;
  readonly #clusters: RunningClusters;
  #known: ReadonlyMap<string, KnownCluster> = new Map();
  /** The same clusters with the blueprints that other files assign to them. */
  #assigned: ReadonlyMap<string, KnownCluster> = new Map();
  #isStopping = false;
  #cancelResync?: () => void;
  #cancelTail?: () => void;
  #tailedTo = 0;
  #wasDeciding = false;
  readonly #links?: AgentLinks;
  readonly #run: RunKeeper;
  #stopListening: () => void = () => {};
  /** Serializes syncs, starts and stops of clusters. */
  #turn: Promise<void> = Promise.resolve();

  constructor(given: ControlPlaneDeps) {
    const blueprints = new BlueprintsInUse(given.platform);
    const deps = { ...given, platform: blueprints.platform };
    const intervals = { ...DEFAULT_INTERVALS, ...deps.intervals };
    const timers = deps.timers ?? processTimers;
    const { knex, clock, logger } = deps;
    this.#queue = new WorkQueue<Work>({
      keyOf: keyOfWork,
      laneOf: laneOfWork,
      run: (work, run) => runWork(work, this.context, run),
      deadlineMsOf: work =>
        work.kind === 'build'
          ? intervals.buildDeadlineMs
          : intervals.runDeadlineMs,
      placesOf: placesOfLane,
      ownerOf: work => (work.kind === 'build' ? work.owner : undefined),
      backOff: {
        firstMs: intervals.backOffFirstMs,
        maxMs: intervals.backOffMaxMs,
      },
      random: deps.random ?? Math.random,
      timers,
      logger,
    });
    const fleetSnapshots = new FleetSnapshots();
    const condition = new StoreCondition(knex);
    // Work that failed meanwhile waits for its next retry: all of it is due now.
    condition.onCured(() => {
      this.resync().catch(() => {});
    });
    this.context = {
      deps,
      blueprints,
      intervals,
      timers,
      leases: new LeaseKeeper({
        knex,
        holder: deps.holderId,
        ttlMs: intervals.leaseTtlMs,
        clock,
        elapsedMs: () => performance.now(),
        timers,
        logger,
        condition,
      }),
      condition,
      fleet: new Fleet(clock.now()),
      fleetSnapshots,
      releases: new ReleaseWorkloadsCache(),
      rendered: new RenderedApps(),
      secretMasks: new SecretMasks(),
      imageTurns: new AppLocks(),
      changes: new ChangeFeed(),
      health: new HealthRulesInUse(deps.platform, logger),
      isStopping: () => this.#isStopping,
      resync: () => this.resync(),
      queue: {
        add: work => {
          if (work.kind === 'placement') fleetSnapshots.forget();
          this.#queue.add(work);
        },
        addAfter: (work, ms) => this.#queue.addAfter(work, ms),
      },
    };
    this.#run = new RunKeeper(this.context);
    this.#clusters = new RunningClusters(this.context, () => this.#run.before);
    if (deps.agents)
      this.#links = new AgentLinks(knex, {
        hub: deps.agents.hub,
        holder: deps.holderId,
        clock,
      });
  }

  /**
   * Resolves once all work has been queued; it runs after that. Waits for an
   * unavailable database, since no one would start it again.
   */
  async start(): Promise<void> {
    const { deps, leases } = this.context;
    await this.#untilStored(() => beginHistory(deps.knex, deps.clock.now()));
    await this.#run.start();
    await this.#untilStored(() => resealSecrets(this.context));
    if (deps.isSoleProcess)
      await this.#untilStored(() => releaseAllLeases(deps.knex));
    await this.#untilStored(async () => {
      this.#tailedTo = await readJournalHead(deps.knex);
    });
    leases.onChange(() => this.#inTurn(() => this.#takeOver()));
    if (!deps.isSoleProcess) leases.onRenew(held => this.#keepHeartbeats(held));
    for (const source of deps.clusterSources)
      source.onChange?.(() => this.resync());
    this.#stopListening =
      deps.agents?.events.listen(event => this.#onAgentEvent(event)) ??
      this.#stopListening;
    await this.#inTurn(() => this.#resyncNow());
    this.#scheduleTail();
  }

  /** Retries until the database accepts the step, or the process stops. Other failures are thrown. */
  async #untilStored(step: () => Promise<void>): Promise<void> {
    const { condition, deps, timers } = this.context;
    while (!this.#isStopping) {
      try {
        await step();
        return;
      } catch (error) {
        if (!describeStoreFault(error)) throw error;
        condition.failed(error);
        deps.logger.error('Cannot start yet', error as Error);
        await pause(timers, START_AGAIN_MS);
      }
    }
  }

  /** Ends every loop. Running work is aborted, and started again at the next start. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#stopListening();
    this.#cancelResync?.();
    this.#cancelTail?.();
    await this.#turn;
    await this.#queue.stop();
    const heartbeats = this.#clusters.heartbeats();
    await this.#clusters.stop();
    // One by one, hundreds of clusters would take seconds.
    await saveHeartbeats(this.context.deps.knex, heartbeats).catch(error =>
      this.context.condition.failed(error),
    );
    await this.context.leases.stop();
    await this.#run.stop();
    await this.#links?.dropAll();
  }

  /** Resyncs everything. */
  resync(): Promise<void> {
    return this.#inTurn(() => this.#resyncNow());
  }

  #inTurn(step: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(async () => {
      if (!this.#isStopping) await step();
    });
    this.#turn = this.#turn.catch(error => {
      if (error instanceof LeaseLostError) return;
      this.context.condition.failed(error); // everything is resynced when the database recovers
      this.context.deps.logger.error(
        'Cannot look at everything',
        error as Error,
      );
    });
    return this.#turn;
  }

  async #resyncNow(): Promise<void> {
    this.#cancelResync?.();
    this.#cancelResync = this.context.timers.after(
      this.context.intervals.resyncMs,
      () => {
        this.resync().catch(() => {});
      },
    );
    const { deps, leases, blueprints } = this.context;
    await readBlueprintVersions(deps.knex, blueprints);
    const { clusters, faults } = await askSources(deps, this.#known);
    this.#known = clusters;
    const isNews = this.context.fleet.noteSourceFaults(faults);
    await this.#links?.refresh();
    await leases.want(this.#wantedLeases());
    if (leases.holds(LEADER_LEASE)) {
      await recordPlatform(this.context);
      if (await recordClusters(this.#known, { faults }, this.context))
        await readBlueprintVersions(deps.knex, blueprints);
      if (isNews) await recordSourceFaults(faults, this.context);
    }
    this.#assigned = withRecorded(this.#known, await findClusters(deps.knex));
    await this.#clusters.sync(this.#assigned);
    await wakeEverything(this.#known, this.context);
    this.#wasDeciding = leases.holds(LEADER_LEASE);
  }

  /** Other processes read the freshness of our clusters from the database only. */
  #keepHeartbeats(held: ReadonlySet<string>): Promise<void> {
    return saveHeartbeats(
      this.context.deps.knex,
      this.#clusters
        .heartbeats()
        .filter(({ cluster }) => held.has(leaseOfCluster(cluster))),
    );
  }

  /** Takes over what another process held until it ended or was killed, with the work it left unfinished. */
  async #takeOver(): Promise<void> {
    const isDeciding = this.context.leases.holds(LEADER_LEASE);
    if (isDeciding && !this.#wasDeciding) await this.#resyncNow();
    else await this.#clusters.sync(this.#assigned);
    this.#wasDeciding = isDeciding;
  }

  /**
   * All free leases except those of clusters whose agent is connected to
   * another process: only that process reaches them.
   */
  #wantedLeases(): string[] {
    const clusters = [...this.#known.keys()].filter(
      name => !this.#links?.isElsewhere(name),
    );
    return [LEADER_LEASE, ...clusters.map(leaseOfCluster)];
  }

  /** A cluster whose agent is connected here can be worked on by this process only. */
  #onAgentEvent(event: TunnelEvent): void {
    if (event.kind === 'refused') return;
    const { cluster } = event;
    if (event.kind === 'reported') {
      // Already recorded by this process: the tail would report it up to a second later.
      this.context.changes.notify({ kind: 'cluster', name: cluster });
      this.context.changes.notify({ kind: 'journal' });
      return;
    }
    this.#inTurn(async () => {
      await this.#links?.note(cluster);
      if (event.kind === 'disconnected') return;
      await this.#shareLeases();
      this.#clusters.lookNow(cluster);
      this.#queue.add({ kind: 'agent', cluster });
      this.#queue.add({ kind: 'agent-upgrades' });
    }).catch(() => {});
  }

  async #shareLeases(): Promise<void> {
    await this.context.leases.want(this.#wantedLeases());
    await this.#clusters.sync(this.#assigned);
  }

  #scheduleTail(): void {
    if (this.#isStopping) return;
    this.#cancelTail = this.context.timers.after(
      this.context.intervals.tailMs,
      () => {
        this.#inTurn(() => this.#tail())
          .finally(() => this.#scheduleTail())
          .catch(() => {});
      },
    );
  }

  /**
   * Follows the journal entries that other processes wrote: notifies listeners
   * here, and queues the work that belongs to this process.
   */
  async #tail(): Promise<void> {
    const { deps, changes, leases } = this.context;
    if (await this.#links?.refresh()) await this.#shareLeases();
    else if (
      deps.agents?.hub
        .connected()
        .some(
          name => this.#known.has(name) && !leases.holds(leaseOfCluster(name)),
        )
    )
      await this.#shareLeases(); // another holder releases the lease when it learns of the link
    const head = await readJournalHead(deps.knex);
    if (head === this.#tailedTo) return;
    const entries = await listJournal(deps.knex, {
      after: this.#tailedTo,
      limit: TAIL_ENTRIES,
    });
    this.#tailedTo = head;
    const apps = new Set(entries.flatMap(({ app }) => app ?? []));
    const clusters = new Set(entries.flatMap(({ cluster }) => cluster ?? []));
    for (const name of apps) changes.notify({ kind: 'app', name });
    for (const name of clusters) changes.notify({ kind: 'cluster', name });
    changes.notify({ kind: 'journal' });
    await wakeByEntries(entries, this.context);
    if (entries.some(({ action }) => CLUSTERS_DIFFER.includes(action)))
      await this.#resyncNow();
  }
}
