import {
  type FollowedKind,
  type WatchedKind,
  followKinds,
} from '@callboard/plugin-callboard-clusters-node';
import {
  FIELD_MANAGER,
  LABELS,
  OBSERVED_LABEL,
} from '@callboard/plugin-callboard-common';
import {
  type ObservedState,
  judgeObserved,
} from '@callboard/plugin-callboard-core';
import {
  LeaseLostError,
  type ObservedAppRecord,
  findObservedApps,
  findObservedOnCluster,
  findUnreadClusters,
  saveObservedPlacement,
  saveUnreadCluster,
} from '../../store';
import { leaseOfCluster } from '../LeaseKeeper';
import { record } from '../record';
import type { ClusterWatcher } from '../roles';
import type { ManagedCluster } from './Fleet';
import { LabelledObjects } from './LabelledObjects';

const SOON_MS = 500; // a rollout is many events; one reconcile handles those that come together
const KINDS = [
  { apiVersion: 'apps/v1', kind: 'DaemonSet' },
  { apiVersion: 'apps/v1', kind: 'Deployment' },
  { apiVersion: 'apps/v1', kind: 'StatefulSet' },
  { apiVersion: 'batch/v1', kind: 'CronJob' },
  { apiVersion: 'batch/v1', kind: 'Job' },
  { apiVersion: 'v1', kind: 'Pod' },
].map((kind): WatchedKind => ({ ...kind, neverResumes: true }));

interface Following {
  objects: LabelledObjects;
  kinds: readonly FollowedKind[];
  ended: Promise<void>;
  sinceMs: number;
  end: AbortController;
}

/** Recorded state of this cluster. */
interface Recorded {
  /** By entity reference. */
  states: Map<string, { text: string; isSettled: boolean }>;
  unread: string | undefined;
}

/**
 * Watches the workloads that others deployed to one cluster for components of
 * the catalog, and records their state. It lists and watches by label; it never
 * writes to the cluster. While no component is observed it sends the cluster no
 * requests.
 */
export class AppObserver {
  readonly #cluster: ManagedCluster;
  readonly #context: ClusterWatcher;
  readonly #stopping = new AbortController();
  #following?: Following;
  #recorded?: Recorded;
  /** State at the last reconcile, by entity reference. */
  #apps: ReadonlyMap<string, string> = new Map<string, string>();
  #cancel?: () => void;
  #looking: Promise<void> = Promise.resolve();
  #isSoon = false;

  constructor(cluster: ManagedCluster, context: ClusterWatcher) {
    this.#cluster = cluster;
    this.#context = context;
  }

  start(): void {
    this.#later(SOON_MS);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#cancel?.();
    await this.#looking;
    await this.#unfollow();
  }

  #later(ms: number): void {
    if (this.#stopping.signal.aborted) return;
    this.#cancel?.();
    this.#cancel = this.#context.timers.after(ms, () => {
      this.#isSoon = false;
      this.#looking = this.#looking
        .then(() => this.#look())
        .catch(error => this.#note(error))
        .then(() => {
          if (!this.#isSoon) this.#later(this.#context.intervals.observeMs);
        });
    });
  }

  #soon(): void {
    if (this.#isSoon) return;
    this.#isSoon = true;
    this.#later(SOON_MS);
  }

  async #look(): Promise<void> {
    const { deps } = this.#context;
    const apps = await findObservedApps(deps.knex);
    if (this.#stopping.signal.aborted) return;
    if (apps.length === 0) {
      await this.#unfollow();
      this.#apps = new Map();
      if (this.#recorded) await this.#record(new Map(), undefined);
      this.#recorded = undefined;
      return;
    }
    const { isWatching, contact } = this.#cluster;
    if (!isWatching || contact?.state === 'lost') return; // readers compute the age
    this.#following ??= this.#follow();
    const why = this.#whyUnread(this.#following);
    if (why === 'reading') {
      this.#soon();
      return;
    }
    await this.#record(await this.#judge(apps, this.#following), why);
  }

  #follow(): Following {
    const objects = new LabelledObjects();
    const end = new AbortController();
    const { deps } = this.#context;
    const { kinds, ended } = followKinds(
      this.#cluster.connection,
      {
        kinds: KINDS,
        labelSelector: `${OBSERVED_LABEL},${LABELS.managedBy}!=${FIELD_MANAGER}`,
        resumeFrom: {},
        onEvent: event => {
          objects.note(event);
          this.#soon();
        },
        onSync: () => undefined,
        onFault: ({ kind, error }) =>
          deps.logger.error(
            `Watch of observed ${kind.kind} on "${this.#name}" failed`,
            error as Error,
          ),
        silenceMs: this.#silenceMs,
        ...(deps.random && { random: deps.random }),
        now: () => deps.clock.now(),
      },
      AbortSignal.any([this.#stopping.signal, end.signal]),
    );
    const sinceMs = deps.clock.now().getTime();
    return { objects, kinds, ended, sinceMs, end };
  }

  async #unfollow(): Promise<void> {
    this.#following?.end.abort();
    await this.#following?.ended;
    this.#following = undefined;
  }

  /** Returns why the actual state is unknown; `reading` until everything was listed once. */
  #whyUnread({ kinds, sinceMs }: Following): string | undefined {
    // Compared with the last contact: a cluster that is unreachable altogether is reported
    // as such.
    const seenAtMs = this.#cluster.lastSeenAt?.getTime() ?? 0;
    const refused = kinds
      .filter(({ problem }) => problem?.code === 'cluster-refused')
      .map(({ kind }) => kind.kind);
    if (refused.length > 0)
      return `The cluster does not let Callboard read ${refused.join(', ')}`;
    const late = kinds.find(
      ({ provenAtMs = sinceMs }) => seenAtMs - provenAtMs > this.#silenceMs,
    );
    if (late)
      return `The cluster does not tell about ${late.kind.kind}${
        late.problem ? `: ${late.problem.why}` : ''
      }`;
    return kinds.some(({ provenAtMs }) => provenAtMs === undefined)
      ? 'reading'
      : undefined;
  }

  /** Judges the components that are due again; one whose objects are gone has no state. */
  async #judge(
    apps: readonly ObservedAppRecord[],
    { objects }: Following,
  ): Promise<Map<string, ObservedState | undefined>> {
    const known = this.#apps;
    const asked = new Map(
      apps.map(app => [app.entityRef, JSON.stringify(app)]),
    );
    const isSame =
      known.size === asked.size &&
      [...asked].every(([ref, text]) => known.get(ref) === text);
    // The change that ended the observation of a component closed its state.
    if (!isSame) this.#recorded = undefined;
    const recorded = await this.#readRecorded();
    const changed = objects.takeChanged();
    const now = this.#context.deps.clock.now();
    const judged = new Map<string, ObservedState | undefined>();
    this.#apps = asked;
    for (const { entityRef, label, namespace } of apps) {
      const isSettled = recorded.states.get(entityRef)?.isSettled ?? true;
      const isKnown = known.get(entityRef) === asked.get(entityRef);
      if (isKnown && !changed.has(label) && isSettled) continue;
      const found = objects.of(label);
      const own = found.objects.filter(
        ({ object }) =>
          namespace === undefined || object.metadata.namespace === namespace,
      );
      judged.set(
        entityRef,
        own.length === 0
          ? undefined
          : withLeftOut(
              judgeObserved(
                {
                  name: entityRef.slice(entityRef.lastIndexOf('/') + 1),
                  cluster: this.#name,
                },
                own,
                now,
              ),
              found.leftOut,
            ),
      );
    }
    return judged;
  }

  async #readRecorded(): Promise<Recorded> {
    if (this.#recorded) return this.#recorded;
    const { knex } = this.#context.deps;
    const kept = await findObservedOnCluster(knex, this.#name);
    this.#recorded = {
      states: new Map(
        kept.map(({ entityRef, state }) => [entityRef, describe(state)]),
      ),
      unread: (await findUnreadClusters(knex)).get(this.#name),
    };
    return this.#recorded;
  }

  async #record(
    judged: ReadonlyMap<string, ObservedState | undefined>,
    unread: string | undefined,
  ): Promise<void> {
    const recorded = await this.#readRecorded();
    const news = [...judged].filter(
      ([entityRef, state]) =>
        recorded.states.get(entityRef)?.text !==
        (state && JSON.stringify(state)),
    );
    if (news.length === 0 && unread === recorded.unread) return;
    const now = this.#context.deps.clock.now();
    try {
      await record(
        this.#context,
        this.#context.leases.prove(leaseOfCluster(this.#name)),
        async tx => {
          for (const [entityRef, state] of news)
            await saveObservedPlacement(
              tx,
              { entityRef, cluster: this.#name, state },
              now,
            );
          await saveUnreadCluster(
            tx,
            { cluster: this.#name, why: unread },
            now,
          );
        },
      );
    } catch (error) {
      this.#apps = new Map(); // judged and recorded again at the next reconcile
      throw error;
    }
    recorded.unread = unread;
    for (const [entityRef, state] of news) {
      if (state) recorded.states.set(entityRef, describe(state));
      else recorded.states.delete(entityRef);
    }
  }

  #note(error: unknown): void {
    if (error instanceof LeaseLostError) return; // another process works on it now
    this.#context.deps.logger.error(
      `Cannot record what others deployed to "${this.#name}"`,
      error as Error,
    );
  }

  get #silenceMs(): number {
    return this.#cluster.record.livenessDeadlineMs;
  }

  get #name(): string {
    return this.#cluster.record.name;
  }
}

/**
 * The health of a workload that is not Healthy may change later without an
 * event of the cluster: it stays up, or takes too long.
 */
function describe(state: ObservedState): { text: string; isSettled: boolean } {
  return {
    text: JSON.stringify(state),
    isSettled: [state, ...state.workloads].every(
      ({ health: { status } }) =>
        status === 'Healthy' || status === 'Suspended',
    ),
  };
}

/** Objects that were left out may be unhealthy. */
function withLeftOut(state: ObservedState, leftOut: number): ObservedState {
  if (leftOut === 0) return state;
  return {
    ...state,
    health: {
      status: 'Unknown',
      reason: 'NotReadable',
      message: `More objects carry the label than are looked at: ${leftOut} were left out`,
    },
  };
}
