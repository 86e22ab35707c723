import type { TunnelEvent } from '@callboard/plugin-callboard-clusters-node';
import { AppLocks } from '@callboard/plugin-callboard-node';
import { type ControlPlaneDeps, DEFAULT_INTERVALS } from '../ControlPlaneDeps';
import {
  beginHistory,
  describeStoreFault,
  findApp,
  findAppsToBuild,
  findBlueprintRolloutsUnderWay,
  findContacts,
  findDeployments,
  findEnvironmentReleases,
  findHeartbeats,
  findObservations,
  findPlatformFiles,
  isRollingOut,
  LeaseLostError,
  listJournal,
  readJournalHead,
  releaseAllLeases,
  saveHeartbeats,
  savePlatformFiles,
  StoreCondition,
  subjectOf,
} from '../store';
import { pause, processTimers } from '../Timers';
import { AgentLinks } from './agents/AgentLinks';
import { BlueprintsInUse } from './blueprints/BlueprintsInUse';
import {
  readBlueprintVersions,
  recordBlueprintVersions,
} from './blueprints/recordBlueprintVersions';
import { ChangeFeed } from './ChangeFeed';
import { findDeliveries } from './delivery/findDeliveries';
import { loadDesired } from './delivery/loadDesired';
import { ClusterWorker } from './fleet/ClusterWorker';
import { ManagedCluster, Fleet } from './fleet/Fleet';
import { HolderConnection } from './fleet/HolderConnection';
import { ObservedObjects } from './fleet/ObservedObjects';
import {
  type KnownCluster,
  askSources,
  recordClusters,
  recordSourceFaults,
} from './fleet/syncClusters';
import {
  LEADER_LEASE,
  LeaseKeeper,
  type Tenure,
  leaseOfCluster,
} from './LeaseKeeper';
import { HealthRulesInUse } from './observing/HealthRulesInUse';
import { type LanePlaces, WorkQueue } from './queue';
import { FleetSnapshots } from './placing/readFleet';
import { ReleaseWorkloadsCache } from './placing/ReleaseWorkloads';
import { RenderedApps } from './delivery/RenderedApps';
import { SecretMasks } from './settings/SecretMasks';
import { record } from './record';
import { RunKeeper } from './RunKeeper';
import type { ReconcileContext } from './ReconcileContext';
import { resealSecrets } from './settings/resealSecrets';
import { runWork } from './runWork';
import { type Work, keyOfWork, laneOfWork } from './Work';

const PER_LANE = 4; // runs of one lane at once; a cluster is asked for no more than this at a time
const TAIL_ENTRIES = 200;
const START_AGAIN_MS = 1_000; // the database may be there again
/** Entries of other processes after which there may be another cluster, or one less. */
const CLUSTERS_DIFFER = ['cluster.registered', 'cluster.revoked'];

/**
 * Builds take long and are pushed code: one owner has a part of the places, and one
 * place is for who has none. One that waits for a registry that does not answer
 * holds nobody up.
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

interface RunningCluster {
  /** In which it was begun: in another one it is begun again. */
  tenure: Tenure;
  managed: ManagedCluster;
  worker: ClusterWorker;
}

/**
 * Keeps everything going: takes leases, works on the clusters it holds, runs
 * the reconcilers, and looks at everything from time to time whatever was
 * missed. What it knows beyond the record is lost with the process, and found
 * again by the next one.
 */
export class ReconcileLoop {
  readonly context: ReconcileContext;
  readonly #queue: WorkQueue<Work>;
  readonly #running = new Map<string, RunningCluster>();
  #known: ReadonlyMap<string, KnownCluster> = new Map();
  #isStopping = false;
  #cancelResync?: () => void;
  #cancelTail?: () => void;
  #tailedTo = 0;
  #wasDeciding = false;
  readonly #links?: AgentLinks;
  readonly #run: RunKeeper;
  #stopListening: () => void = () => {};
  /** Syncs, starts and stops of clusters happen one after the other. */
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
    // What failed meanwhile waits for its next try: all of it is due now.
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
    if (deps.agents)
      this.#links = new AgentLinks(knex, {
        hub: deps.agents.hub,
        holder: deps.holderId,
        clock,
      });
  }

  /**
   * Resolves once everything there is to do has been asked for; it is done after
   * that. Waits for a database that is away: nobody would start it again.
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

  /** Tries until the database takes it, or everything is to end. Other failures are thrown. */
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

  /** Ends every loop. What runs is cut short, and begun again at the next start. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#stopListening();
    this.#cancelResync?.();
    this.#cancelTail?.();
    await this.#turn;
    await this.#queue.stop();
    const names = [...this.#running.keys()];
    const heartbeats = this.#heartbeats();
    await Promise.all(
      names.map(name => this.#stopCluster(name, { isBeatKept: false })),
    );
    // Of hundreds of clusters one by one they take seconds.
    await saveHeartbeats(this.context.deps.knex, heartbeats).catch(error =>
      this.context.condition.failed(error),
    );
    await this.context.leases.stop();
    await this.#run.stop();
    await this.#links?.dropAll();
  }

  /** Looks at everything again. */
  resync(): Promise<void> {
    return this.#inTurn(() => this.#resyncNow());
  }

  #inTurn(step: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(async () => {
      if (!this.#isStopping) await step();
    });
    this.#turn = this.#turn.catch(error => {
      if (error instanceof LeaseLostError) return;
      this.context.condition.failed(error); // with its cure everything is looked at again
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
      await this.#recordPlatform();
      if (await recordClusters(this.#known, { faults }, this.context))
        await readBlueprintVersions(deps.knex, blueprints);
      if (isNews) await recordSourceFaults(faults, this.context);
    }
    await this.#startAndStopClusters();
    await this.#wakeEverything();
    this.#wasDeciding = leases.holds(LEADER_LEASE);
  }

  /** Other processes read from the record alone how well our clusters are known. */
  #keepHeartbeats(held: ReadonlySet<string>): Promise<void> {
    return saveHeartbeats(
      this.context.deps.knex,
      this.#heartbeats().filter(({ cluster }) =>
        held.has(leaseOfCluster(cluster)),
      ),
    );
  }

  #heartbeats(): Array<{ cluster: string; seenAt: Date }> {
    return [...this.#running.values()].flatMap(
      ({ managed: { record: cluster, lastSeenAt } }) =>
        lastSeenAt ? [{ cluster: cluster.name, seenAt: lastSeenAt }] : [],
    );
  }

  /** What another process had until it ended, or was killed, is ours: whatever it left undone too. */
  async #takeOver(): Promise<void> {
    const isDeciding = this.context.leases.holds(LEADER_LEASE);
    if (isDeciding && !this.#wasDeciding) await this.#resyncNow();
    else await this.#startAndStopClusters();
    this.#wasDeciding = isDeciding;
  }

  /** Everything that is free, but for clusters whose agent is connected to another process: nobody else reaches them. */
  #wantedLeases(): string[] {
    const clusters = [...this.#known.keys()].filter(
      name => !this.#links?.isElsewhere(name),
    );
    return [LEADER_LEASE, ...clusters.map(leaseOfCluster)];
  }

  async #recordPlatform(): Promise<void> {
    const { deps, leases } = this.context;
    const at = deps.clock.now();
    const { environments, provisioners = [], policies = [] } = deps.platform;
    await record(
      this.context,
      leases.prove(LEADER_LEASE),
      async (tx, { journal, signal }) => {
        await recordBlueprintVersions(tx, this.context, { at, journal });
        const { blueprints } = deps.platform;
        const isFirst = (await findPlatformFiles(tx)).environments.length === 0;
        const changes = await savePlatformFiles(
          tx,
          {
            environments: [...environments],
            blueprints: [...blueprints],
            provisioners: [...provisioners],
            policies: [...policies],
          },
          at,
        );
        if (changes.length === 0) return;
        journal({
          at,
          actor: 'system:platform',
          action: 'platform.changed',
          message: isFirst
            ? 'The platform files were read'
            : `The platform files changed: ${changes.join(', ')}`,
          after: changes,
        });
        signal({ kind: 'fleet' });
      },
    );
  }

  async #wakeEverything(): Promise<void> {
    const { deps } = this.context;
    for (const { app, owner } of await findAppsToBuild(deps.knex))
      this.#queue.add({ kind: 'build', app, owner });
    await this.#wakePlacements();
    for (const key of await findDeliveries(deps.knex))
      this.#queue.add({ kind: 'delivery', key });
    await this.#wakeBlueprintRollouts();
    this.#queue.add({ kind: 'failback' });
    for (const [cluster, { registered }] of this.#known) {
      if (registered.connectionKind === 'agent')
        this.#queue.add({ kind: 'agent', cluster });
    }
    if (deps.agents) this.#queue.add({ kind: 'agent-upgrades' });
  }

  async #wakeBlueprintRollouts(): Promise<void> {
    const { knex } = this.context.deps;
    for (const blueprint of (await findBlueprintRolloutsUnderWay(knex)).keys())
      this.#queue.add({ kind: 'blueprint-rollout', blueprint });
  }

  async #wakePlacements(): Promise<void> {
    for (const { app, environment } of await findEnvironmentReleases(
      this.context.deps.knex,
    )) {
      this.context.queue.add({ kind: 'placement', app, environment });
    }
  }

  /** An agent that is there is a cluster that can be worked on: here, and by nobody else. */
  #onAgentEvent(event: TunnelEvent): void {
    if (event.kind === 'refused') return;
    const { cluster } = event;
    if (event.kind === 'reported') {
      // Recorded already, by this process: the tail would tell it up to a second later.
      this.context.changes.notify({ kind: 'cluster', name: cluster });
      this.context.changes.notify({ kind: 'journal' });
      return;
    }
    this.#inTurn(async () => {
      await this.#links?.note(cluster);
      if (event.kind === 'disconnected') return;
      await this.#shareLeases();
      this.#running.get(cluster)?.worker.lookNow();
      this.#queue.add({ kind: 'agent', cluster });
      this.#queue.add({ kind: 'agent-upgrades' });
    }).catch(() => {});
  }

  async #shareLeases(): Promise<void> {
    await this.context.leases.want(this.#wantedLeases());
    await this.#startAndStopClusters();
  }

  async #startAndStopClusters(): Promise<void> {
    const { leases } = this.context;
    for (const [name, running] of this.#running) {
      const known = this.#known.get(name);
      const isReplaced =
        known !== undefined &&
        known.record.source !== running.managed.record.source;
      if (!known || isReplaced || !leases.isCurrent(running.tenure))
        await this.#stopCluster(name);
      else running.managed.record = known.record;
    }
    const missing = [...this.#known].filter(
      ([name]) =>
        !this.#running.has(name) && leases.holds(leaseOfCluster(name)),
    );
    if (missing.length === 0) return;
    const { knex } = this.context.deps;
    const contacts = await findContacts(knex);
    const heartbeats = await findHeartbeats(knex);
    for (const [name, known] of missing) {
      if (this.#isStopping) return;
      const before = {
        contact: contacts.get(name),
        heartbeat: heartbeats.get(name),
      };
      await this.#startCluster(known, before);
    }
  }

  async #startCluster(
    { registered, record: cluster }: KnownCluster,
    before: { contact: ManagedCluster['contact']; heartbeat: Date | undefined },
  ): Promise<void> {
    const { deps, fleet, leases } = this.context;
    const tenure = leases.tenureOf(leaseOfCluster(cluster.name));
    const kept = await findObservations(deps.knex, cluster.name);
    const observed = new ObservedObjects(cluster.name, kept, object =>
      this.context.health.judge(object),
    );
    const managed = new ManagedCluster(
      cluster,
      new HolderConnection(deps.connect(registered), () =>
        leases.isCertain(tenure),
      ),
      observed,
      deps.clock.now(),
    );
    managed.contact = before.contact;
    managed.lastSeenAt = this.#lastSeenOf(managed, before.heartbeat);
    const worker = new ClusterWorker(managed, this.context);
    managed.onExpect(objects => worker.expect(objects));
    this.#running.set(cluster.name, { tenure, managed, worker });
    fleet.put(managed);
    await this.#expectKnown(managed);
    worker.start();
    for (const key of await findDeliveries(deps.knex, {
      cluster: cluster.name,
    }))
      this.#queue.add({ kind: 'delivery', key });
    if (registered.connectionKind === 'agent')
      this.#queue.add({ kind: 'agent', cluster: cluster.name });
  }

  /** A cluster that was not lost when the process before ended was in contact until then, later than its last kept heartbeat. */
  #lastSeenOf(
    { contact }: ManagedCluster,
    kept: Date | undefined,
  ): Date | undefined {
    const { before } = this.#run;
    const isAlone = this.context.deps.isSoleProcess === true;
    if (!isAlone || !before || !kept || contact?.state !== 'live') return kept;
    return before > kept ? before : kept;
  }

  /** What is wanted must be known before the watch begins: it tells drift from intent. */
  async #expectKnown(managed: ManagedCluster): Promise<void> {
    for (const deployment of await findDeployments(this.context.deps.knex, {
      cluster: managed.record.name,
    })) {
      if (deployment.state.desiredRelease === undefined) continue;
      const desired = await loadDesired(deployment, managed, this.context);
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
    this.context.fleet.drop(name);
    await running.worker.stop(options);
    await running.managed.connection.close();
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

  /** Follows what other processes wrote into the journal: tells it here, and does what is ours of it. */
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
      await this.#shareLeases(); // anyone who held it gives it up when it hears of the link
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
    if (entries.some(({ action }) => action.startsWith('blueprint.')))
      await this.#wakeBlueprintRollouts();
    if (entries.some(isAboutWhereAppsMayRun)) await this.#wakePlacements();
    for (const cluster of clusters) this.#queue.add({ kind: 'agent', cluster });
    for (const { action, cluster } of entries)
      if (cluster && action.startsWith('exception.'))
        this.#queue.add({
          kind: 'delivery',
          key: { kind: 'blueprint', cluster },
        });
    if (entries.some(({ action }) => CLUSTERS_DIFFER.includes(action)))
      await this.#resyncNow();
    for (const app of apps) {
      const owner = (await findApp(deps.knex, app))?.owner;
      this.#queue.add({ kind: 'build', app, owner });
      for (const { environment } of await findEnvironmentReleases(deps.knex, {
        app,
      })) {
        this.context.queue.add({ kind: 'placement', app, environment });
        if (await isRollingOut(deps.knex, { app, environment }))
          this.#queue.add({ kind: 'rollout', app, environment });
      }
      for (const key of await findDeliveries(deps.knex, { app }))
        this.#queue.add({ kind: 'delivery', key });
    }
  }
}

/** What another process noted of a cluster may send apps elsewhere. */
function isAboutWhereAppsMayRun({ action }: { action: string }): boolean {
  return /^cluster\.(unreachable|returned|cordoned|drained|uncordoned)$/.test(
    action,
  );
}
