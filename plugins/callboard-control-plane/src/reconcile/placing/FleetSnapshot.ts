import {
  type ModulePlacementRule,
  findNodeShortages,
  instanceNeedsOf,
  needsOf,
  replicasFor,
} from '@callboard/plugin-callboard-core';
import type {
  BlueprintFile,
  ClusterFacts,
  ClusterSetFile,
  EnvironmentFile,
  ResourceAmounts,
} from '@callboard/plugin-callboard-common';
import type {
  ClusterFactsRecord,
  ClusterRecord,
  ClusterSchedulingRecord,
  DesiredDeploymentRow,
} from '../../store';
import type { ClusterStatus } from '../fleet/clusterStatusOf';
import { addAmounts, NO_AMOUNTS } from '../observing/amounts';
import { factsOf } from './clusterFacts';
import { findEnvironment } from './findEnvironment';
import { type ReleaseWorkloads, releaseWorkloadsOn } from './ReleaseWorkloads';
import { freeCapacityOf } from './freeCapacityOf';

/**
 * Everything that a placement depends on: clusters with their free capacity,
 * and the apps to which the rest is promised.
 */
export interface FleetFacts {
  now: Date;
  clusters: ClusterFacts[];
  places: readonly DesiredDeploymentRow[];
  /** By `app/number`. */
  releases: ReadonlyMap<string, ReleaseWorkloads>;
  platform: {
    environments: readonly EnvironmentFile[];
    blueprints: readonly BlueprintFile[];
    clusterSets?: readonly ClusterSetFile[];
    placementRules?: readonly ModulePlacementRule[];
  };
}

/** Records from which a snapshot is made. */
export interface FleetRecords extends Omit<FleetFacts, 'clusters'> {
  clusters: readonly ClusterRecord[];
  statuses: (cluster: string) => ClusterStatus;
  says: ReadonlyMap<string, ClusterFactsRecord>;
  schedulings: ReadonlyMap<string, ClusterSchedulingRecord>;
}

/** A snapshot of the fleet for consecutive decisions: capacity that one is given is no longer free for the next. */
export class FleetSnapshot implements FleetFacts {
  now: Date;
  readonly clusters: ClusterFacts[];
  readonly platform: FleetFacts['platform'];
  readonly #says: FleetRecords['says'];
  readonly #labels: ReadonlyMap<string, Record<string, string>>;
  readonly #releases: Map<string, ReleaseWorkloads>;
  readonly #promised = new Map<string, Required<ResourceAmounts>>();
  #places: DesiredDeploymentRow[];
  #counts: Readonly<Record<string, number>> | undefined;

  constructor(read: FleetRecords) {
    this.now = read.now;
    this.platform = read.platform;
    this.#says = read.says;
    this.#releases = new Map(read.releases);
    this.#places = [...read.places];
    this.#labels = new Map(
      read.clusters.map(({ name, file }) => [name, file.metadata.labels ?? {}]),
    );
    for (const place of this.#places) this.#promise(place, 1);
    this.clusters = read.clusters.map(cluster => {
      const { freshness, observedAt, silentSince } = read.statuses(
        cluster.name,
      );
      return factsOf(cluster, {
        freshness,
        observedAt,
        // A cluster that is not recorded as lost is expected to return soon: its delay until
        // apps move has not begun.
        ...(freshness !== 'live' && { silentSince: silentSince ?? read.now }),
        scheduling: read.schedulings.get(cluster.name),
        free: this.#capacityOn(cluster.name),
        says: read.says.get(cluster.name),
        blueprints: read.platform.blueprints,
        clusterSets: read.platform.clusterSets,
      });
    });
  }

  get places(): readonly DesiredDeploymentRow[] {
    return this.#places;
  }

  /** Number of placements on each cluster. */
  get counts(): Readonly<Record<string, number>> {
    if (this.#counts) return this.#counts;
    const counts: Record<string, number> = {};
    for (const { cluster } of this.#places)
      counts[cluster] = (counts[cluster] ?? 0) + 1;
    this.#counts = counts;
    return counts;
  }

  get releases(): ReadonlyMap<string, ReleaseWorkloads> {
    return this.#releases;
  }

  /**
   * Takes in a decision that was made after the fleet was read.
   *
   * @param keepsOthers - clusters on which it is no longer placed keep what
   *   they have for now
   */
  take(
    decided: {
      app: string;
      environment: string;
      release: number;
      workloads: ReleaseWorkloads;
      /** By cluster: replicas, where they are divided. */
      places: ReadonlyMap<string, number | undefined>;
    },
    { keepsOthers }: { keepsOthers: boolean },
  ): void {
    const { app, environment, release, workloads, places } = decided;
    this.#releases.set(`${app}/${release}`, workloads);
    const left = this.#places.filter(
      place =>
        place.app === app &&
        place.environment === environment &&
        (places.has(place.cluster) || !keepsOthers),
    );
    const come = [...places].map(
      ([cluster, replicas]): DesiredDeploymentRow => ({
        app,
        environment,
        cluster,
        release,
        ...(replicas !== undefined && { replicas }),
      }),
    );
    const gone = new Set(left);
    this.#places = [...this.#places.filter(each => !gone.has(each)), ...come];
    this.#counts = undefined;
    for (const place of left) this.#promise(place, -1);
    for (const place of come) this.#promise(place, 1);
    const changed = new Set([...left, ...come].map(({ cluster }) => cluster));
    this.clusters.forEach((cluster, index) => {
      if (!changed.has(cluster.name) || !cluster.free) return;
      this.clusters[index] = {
        ...cluster,
        free: this.#capacityOn(cluster.name),
      };
    });
  }

  #capacityOn(cluster: string): ResourceAmounts | undefined {
    const says = this.#says.get(cluster);
    return says && freeCapacityOf(says, this.#promised.get(cluster));
  }

  #promise(place: DesiredDeploymentRow, sign: 1 | -1): void {
    const { app, release, environment: name, cluster } = place;
    const content = this.#releases.get(`${app}/${release}`);
    if (!content) return;
    const environment = findEnvironment(
      this.platform.environments,
      { app, content },
      name,
    );
    if (!environment.ok) return;
    const labels = this.#labels.get(cluster) ?? {};
    const replicas = place.replicas ?? replicasFor(environment.value, labels);
    const { capacity } = this.#says.get(cluster) ?? {};
    // Workloads that no node there can ever run take no capacity from the others.
    const runnable = releaseWorkloadsOn(
      content,
      environment.value,
      labels,
    ).filter(
      workload =>
        findNodeShortages(instanceNeedsOf(workload), capacity).length === 0,
    );
    const needs = needsOf(runnable, sign * replicas);
    const before = this.#promised.get(cluster) ?? NO_AMOUNTS;
    this.#promised.set(cluster, addAmounts([before, needs]));
  }
}
