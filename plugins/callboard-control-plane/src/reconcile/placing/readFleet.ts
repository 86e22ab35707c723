import {
  replicasOf,
  StandingDecisions,
} from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import {
  type RolloutRecord,
  type DesiredDeploymentRow,
  findClusterFacts,
  findPlacement,
  findRolloutsUnderWay,
  findSchedulings,
  findDesiredDeployments,
} from '../../store';
import {
  clusterStatusFrom,
  readClusterStatusRecords,
} from '../fleet/clusterStatusOf';
import type { Platform } from '../../Platform';
import type { Fleet } from '../fleet/Fleet';
import { atVersions } from '../blueprints/atVersion';
import { FleetSnapshot } from './FleetSnapshot';
import type { ReleaseWorkloadsCache } from './ReleaseWorkloads';

const KEEP_MS = 1_000; // changes without an event (a new node, a removed instance) are taken in by then

/** Sources from which the fleet is read. */
export interface FleetSources {
  deps: { knex: Knex; clock: { now(): Date }; platform: Platform };
  fleet: Fleet;
  releases: ReleaseWorkloadsCache;
}

/** Reads the current state of the fleet, from the database and from the connections of this process. */
export async function readFleet(context: FleetSources): Promise<FleetSnapshot> {
  const { knex, platform, clock } = context.deps;
  const now = clock.now();
  const records = await readClusterStatusRecords(knex);
  const statuses = clusterStatusFrom(records, { fleet: context.fleet, now });
  const clusters = await atVersions(knex, [...records.clusters.values()]);
  const says = await findClusterFacts(knex);
  const schedulings = await findSchedulings(knex);
  const places = await withWaves(knex, await findDesiredDeployments(knex));
  const releases = await context.releases.read(knex, places);
  return new FleetSnapshot({
    now,
    clusters,
    statuses,
    says,
    schedulings,
    places,
    releases,
    platform,
  });
}

/** Clusters whose wave is still to come are promised their capacity too. */
async function withWaves(
  knex: Knex,
  places: readonly DesiredDeploymentRow[],
): Promise<DesiredDeploymentRow[]> {
  const keyOf = ({
    app,
    environment,
    cluster,
  }: Omit<DesiredDeploymentRow, 'release'>) =>
    `${app}/${environment}/${cluster}`;
  const known = new Set(places.map(keyOf));
  const toCome: DesiredDeploymentRow[] = [];
  for (const {
    app,
    environment,
    release,
    rollout,
  } of await findRolloutsUnderWay(knex)) {
    const missing = clustersOf(rollout)
      .map(cluster => ({ app, environment, cluster, release }))
      .filter(place => !known.has(keyOf(place)));
    if (missing.length === 0) continue;
    const placement = await findPlacement(knex, { app, environment });
    const shares = placement ? replicasOf(placement.decision) : new Map();
    for (const place of missing) {
      const replicas: number | undefined = shares.get(place.cluster);
      toCome.push({ ...place, ...(replicas !== undefined && { replicas }) });
    }
  }
  return [...places, ...toCome];
}

function clustersOf({ groups }: RolloutRecord['rollout']): string[] {
  return groups.flatMap(({ clusters }) => clusters);
}

/**
 * Shares one snapshot of the fleet between consecutive placement decisions:
 * when all are decided again, reading it for each would cost their number
 * squared. Every request for a placement drops the snapshot, so that nothing is
 * decided on facts older than the request.
 */
export class FleetSnapshots {
  /** Decisions made with these snapshots that would still be the same now. */
  readonly standing = new StandingDecisions();
  #kept?: { snapshot: FleetSnapshot; readAtMs: number };
  #questions = 0;

  /** Drops the snapshot after an event for which placements are decided again. */
  forget(): void {
    this.#questions += 1;
    this.#kept = undefined;
  }

  async read(context: FleetSources): Promise<FleetSnapshot> {
    const snapshot = await this.#readOnce(context);
    const { clusters, counts, now } = snapshot;
    this.standing.update({ clusters, places: counts }, now);
    return snapshot;
  }

  async #readOnce(context: FleetSources): Promise<FleetSnapshot> {
    const now = context.deps.clock.now();
    const ageMs = this.#kept && now.getTime() - this.#kept.readAtMs;
    if (this.#kept && ageMs !== undefined && ageMs >= 0 && ageMs < KEEP_MS) {
      const { snapshot } = this.#kept;
      snapshot.now = now;
      return snapshot;
    }
    const asked = this.#questions;
    const snapshot = await readFleet(context);
    if (asked === this.#questions)
      this.#kept = { snapshot, readAtMs: now.getTime() };
    return snapshot;
  }
}
