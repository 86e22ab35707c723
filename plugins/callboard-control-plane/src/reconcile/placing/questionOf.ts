import {
  type BatchApp,
  type GuardRailDemands,
  replicasOf,
  demandsOf,
  dividesReplicas,
  failoverAfter,
  instanceNeedsOf,
  largestInstance,
  needsOf,
  replicasFor,
  scaleEnvironment,
} from '@callboard/plugin-callboard-core';
import {
  type NodeAmounts,
  type PlacementDecision,
  type ResourceAmounts,
  type Result,
  ok,
} from '@callboard/plugin-callboard-common';
import { findEnvironment } from './findEnvironment';
import type { FleetFacts } from './FleetSnapshot';
import { type ReleaseWorkloads, releaseWorkloadsOn } from './ReleaseWorkloads';

/** Builds the placement input of an environment of an app; named `app/environment`. */
export function questionOf(
  {
    app,
    environment: name,
    release,
    previous,
    replicas: byHand,
  }: {
    app: string;
    environment: string;
    release: ReleaseWorkloads;
    /** The previous decision. */
    previous: PlacementDecision | undefined;
    /** Number of replicas set by hand; as in the files when omitted. */
    replicas?: number;
  },
  { clusters, platform }: Pick<FleetFacts, 'clusters' | 'platform'>,
): Result<BatchApp> {
  const found = findEnvironment(
    platform.environments,
    { app, content: release },
    name,
  );
  if (!found.ok) return found;
  const environment = scaleEnvironment(found.value, byHand);
  const { placementRules: rules = [] } = platform;
  const { placement: spec, requires } = environment;
  const seconds = failoverAfter(environment);
  const isDivided = dividesReplicas(spec);
  const needsOn: Record<string, ResourceAmounts> = {};
  const instanceOn: Record<string, NodeAmounts> = {};
  const demandsOn: Record<string, GuardRailDemands> = {};
  for (const { name: cluster, labels } of clusters) {
    const replicas = isDivided ? 1 : replicasFor(environment, labels);
    const workloads = releaseWorkloadsOn(release, environment, labels);
    const isOther = workloads !== release.workloads;
    if (isOther) {
      instanceOn[cluster] = largestInstance(workloads.map(instanceNeedsOf));
      demandsOn[cluster] = demandsOf({
        workloads,
        deploy: release.appFile?.spec.deploy,
        renderer: release.renderer,
      });
    }
    if (isOther || (!isDivided && replicas !== environment.replicas))
      needsOn[cluster] = needsOf(workloads, replicas);
  }
  const question = {
    name: `${app}/${name}`,
    spec,
    ...(requires && { requires }),
    previous: previous?.chosen ?? [],
    instance: largestInstance(release.workloads.map(instanceNeedsOf)),
    demands: release.demands,
    ...(rules.length > 0 && {
      modules: { rules, app: { app, environment: name } },
    }),
    ...(seconds !== undefined && { failoverAfterSeconds: seconds }),
    ...(environment.overrides.length > 0 && { hasNeedsByLabel: true }),
    ...(Object.keys(needsOn).length > 0 && { needsOn }),
    ...(Object.keys(instanceOn).length > 0 && { instanceOn }),
    ...(Object.keys(demandsOn).length > 0 && { demandsOn }),
  };
  return ok(
    isDivided
      ? {
          ...question,
          needs: needsOf(release.workloads, 1),
          replicas: environment.replicas,
          previousReplicas: Object.fromEntries(
            previous ? replicasOf(previous) : [],
          ),
        }
      : {
          ...question,
          needs: needsOf(release.workloads, environment.replicas),
        },
  );
}
