import { needsOf, replicasFor } from '@callboard/plugin-callboard-core';
import type {
  BlueprintFile,
  ClusterFacts,
  EnvironmentFile,
  ResourceAmounts,
} from '@callboard/plugin-callboard-common';
import {
  type ClusterFactsRecord,
  type RolloutRecord,
  type WantedPlace,
  findClusterFacts,
  findClusters,
  findRolloutsUnderWay,
  findSchedulings,
  findWantedPlaces,
} from '../../store';
import { sightOf } from '../fleet/sightOf';
import { addAmounts, NO_AMOUNTS } from '../observing/amounts';
import type { ReconcileContext } from '../ReconcileContext';
import { factsOf } from './clusterFacts';
import { findEnvironment } from './findEnvironment';
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
): Promise<FleetFacts> {
  const { knex, platform, clock } = context.deps;
  const now = clock.now();
  const sights = await sightOf(context);
  const records = await findClusters(knex);
  const says = await findClusterFacts(knex);
  const schedulings = await findSchedulings(knex);
  const places = withWaves(
    await findWantedPlaces(knex),
    await findRolloutsUnderWay(knex),
  );
  const sketches = await context.sketches.read(knex, places);
  const labelsOf = new Map(
    records.map(({ name, file }) => [name, file.metadata.labels ?? {}]),
  );
  const promised = new Map<string, Required<ResourceAmounts>>();
  const environments = new Map<string, ReturnType<typeof findEnvironment>>();
  for (const place of places) {
    const sketch = sketches.get(`${place.app}/${place.release}`);
    if (!sketch) continue;
    const key = `${place.app}/${place.release}/${place.environment}`;
    const environment =
      environments.get(key) ??
      findEnvironment(
        platform.environments,
        { app: place.app, content: sketch },
        place.environment,
      );
    environments.set(key, environment); // the same on every cluster
    if (!environment.ok) continue;
    const needs = needsOf(
      sketch.workloads,
      place.replicas ??
        replicasFor(environment.value, labelsOf.get(place.cluster) ?? {}),
    );
    promised.set(
      place.cluster,
      addAmounts([promised.get(place.cluster) ?? NO_AMOUNTS, needs]),
    );
  }
  const clusters = records.map(cluster => {
    const { freshness, observedAt, silentSince } = sights(cluster.name);
    const facts = says.get(cluster.name);
    return factsOf(cluster, {
      freshness,
      observedAt,
      // What is not noted as lost is heard of again soon: its time to move has not begun.
      ...(freshness !== 'live' && { silentSince: silentSince ?? now }),
      scheduling: schedulings.get(cluster.name),
      free: facts && roomOf(facts, promised.get(cluster.name)),
      says: facts,
      blueprints: platform.blueprints,
    });
  });
  return { now, clusters, places, sketches, platform };
}

/** Clusters whose wave is still to come are promised their room too. */
function withWaves(
  places: readonly WantedPlace[],
  rollouts: readonly RolloutRecord[],
): WantedPlace[] {
  const keyOf = ({ app, environment, cluster }: Omit<WantedPlace, 'release'>) =>
    `${app}/${environment}/${cluster}`;
  const known = new Set(places.map(keyOf));
  const toCome = rollouts.flatMap(({ app, environment, release, rollout }) =>
    rollout.groups
      .flatMap(({ clusters }) => clusters)
      .map(cluster => ({ app, environment, cluster, release })),
  );
  return [...places, ...toCome.filter(place => !known.has(keyOf(place)))];
}

/**
 * What is left of a cluster: of what is promised and what is really asked for
 * there the larger counts. Promised is what is on its way; asked for is also what
 * is still leaving, and what the blueprint takes. Unknown where no node was seen.
 */
function roomOf(
  { nodes, allocatable, requested }: ClusterFactsRecord,
  promised: Required<ResourceAmounts> = NO_AMOUNTS,
): ResourceAmounts | undefined {
  if (nodes.total === 0) return undefined;
  const left = (resource: keyof ResourceAmounts) =>
    Math.max(
      0,
      (allocatable[resource] ?? 0) -
        Math.max(requested[resource], promised[resource]),
    );
  return {
    cpuMillicores: left('cpuMillicores'),
    memoryBytes: left('memoryBytes'),
    pods: left('pods'),
  };
}
