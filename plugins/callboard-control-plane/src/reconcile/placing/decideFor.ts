import {
  type ResolvedEnvironment,
  decidePlacement,
  resolveEnvironments,
} from '@callboard/plugin-callboard-core';
import {
  type BlueprintFile,
  type EnvironmentFile,
  type PlacementDecision,
  type Problem,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type { Knex } from 'knex';
import {
  type PlacementRecord,
  type ReleaseRecord,
  findClusterFacts,
  findClusters,
} from '../../store';
import type { ClusterSight } from '../fleet/sightOf';
import { factsOf } from './clusterFacts';

/**
 * Decides where a release would run in an environment, by what is known of the
 * fleet now. The one way to the answer: the placement that is recorded and the
 * one that is only asked for come from here.
 */
export async function decideFor(
  tx: Knex,
  question: {
    release: ReleaseRecord;
    environment: string;
    previous: PlacementRecord | undefined;
  },
  known: {
    platform: {
      environments: readonly EnvironmentFile[];
      blueprints: readonly BlueprintFile[];
    };
    sightOf(cluster: string): ClusterSight;
    now: Date;
  },
): Promise<Result<PlacementDecision>> {
  const environment = findEnvironment(
    known.platform.environments,
    question.release,
    question.environment,
  );
  if (!environment.ok) return environment;
  const says = await findClusterFacts(tx);
  const clusters = (await findClusters(tx)).map(cluster => {
    const { freshness, observedAt } = known.sightOf(cluster.name);
    return factsOf(cluster, {
      freshness,
      observedAt,
      says: says.get(cluster.name),
      blueprints: known.platform.blueprints,
    });
  });
  const { placement, requires } = environment.value;
  const previous = question.previous?.decision.chosen ?? [];
  return ok(
    decidePlacement(
      { spec: placement, ...(requires && { requires }), clusters, previous },
      known.now,
    ),
  );
}

/** An environment as a release's app file refines it. */
export function findEnvironment(
  files: readonly EnvironmentFile[],
  release: Pick<ReleaseRecord, 'app' | 'content'>,
  name: string,
): Result<ResolvedEnvironment> {
  const environments = resolveEnvironments([...files], release.content.appFile);
  if (!environments.ok) return environments;
  const environment = environments.value.find(each => each.name === name);
  return environment
    ? ok(environment)
    : failed(environmentMissing(release.app, name));
}

/** Neither the platform nor the app knows an environment of that name. */
export function environmentMissing(app: string, environment: string): Problem {
  return {
    code: 'environment-not-found',
    what: `Cannot find environment "${environment}" of "${app}"`,
    why: 'neither the platform nor app.yaml names it',
    next: `Choose one of the environments on the page of "${app}"`,
    transient: false,
  };
}
