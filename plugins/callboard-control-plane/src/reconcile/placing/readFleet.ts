import type {
  BlueprintFile,
  ClusterFacts,
  EnvironmentFile,
} from '@callboard/plugin-callboard-common';
import { copiesOf } from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import {
  type RolloutRecord,
  type WantedPlace,
  findClusterFacts,
  findClusters,
  findPlacement,
  findRolloutsUnderWay,
  findSchedulings,
  findWantedPlaces,
} from '../../store';
import { sightOf } from '../fleet/sightOf';
import type { ReconcileContext } from '../ReconcileContext';
import { FleetReading } from './FleetReading';
import type { ReleaseSketch } from './ReleaseSketches';

/** Everything a placement is decided on: clusters with the room that is left, and who was promised the rest. */
export interface FleetFacts {
  now: Date;
  clusters: ClusterFacts[];
  places: readonly WantedPlace[];
  /** By `app/number`. */
  sketches: ReadonlyMap<string, ReleaseSketch>;
  platform: {
    environments: readonly EnvironmentFile[];
    blueprints: readonly BlueprintFile[];
  };
}

/** Reads what is known of the fleet now, from the record and from what this process hears. */
export async function readFleet(
  context: Pick<ReconcileContext, 'deps' | 'fleet' | 'sketches'>,
): Promise<FleetReading> {
  const { knex, platform, clock } = context.deps;
  const now = clock.now();
  const sights = await sightOf(context);
  const clusters = await findClusters(knex);
  const says = await findClusterFacts(knex);
  const schedulings = await findSchedulings(knex);
  const places = await withWaves(knex, await findWantedPlaces(knex));
  const sketches = await context.sketches.read(knex, places);
  return new FleetReading({
    now,
    clusters,
    sights,
    says,
    schedulings,
    places,
    sketches,
    platform,
  });
}

/** Clusters whose wave is still to come are promised their room too. */
async function withWaves(
  knex: Knex,
  places: readonly WantedPlace[],
): Promise<WantedPlace[]> {
  const keyOf = ({ app, environment, cluster }: Omit<WantedPlace, 'release'>) =>
    `${app}/${environment}/${cluster}`;
  const known = new Set(places.map(keyOf));
  const toCome: WantedPlace[] = [];
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
    const copies = placement ? copiesOf(placement.decision) : new Map();
    for (const place of missing) {
      const replicas: number | undefined = copies.get(place.cluster);
      toCome.push({ ...place, ...(replicas !== undefined && { replicas }) });
    }
  }
  return [...places, ...toCome];
}

function clustersOf({ groups }: RolloutRecord['rollout']): string[] {
  return groups.flatMap(({ clusters }) => clusters);
}
