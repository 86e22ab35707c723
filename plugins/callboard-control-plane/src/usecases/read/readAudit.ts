import {
  type AuditFacts,
  type AuditedCluster,
  describeServing,
  describeVerdict,
  judgeBlueprint,
  judgeCompliance,
  resolveBlueprint,
} from '@callboard/plugin-callboard-core';
import type {
  AuditRow,
  PlacementDecision,
} from '@callboard/plugin-callboard-common';
import type { AppRecord, DeploymentRecord } from '../../store';
import type { ReadOptions } from '../ControlPlane';
import { assembleEnvironment } from './assembleEnvironment';
import { type ReadContext, look } from './SnapshotCache';
import { type FleetSnapshot, environmentKey } from './FleetSnapshot';

/** Every environment of every app that has a release, and whether it runs where it should: now, or at an instant. */
export async function readAudit(
  context: ReadContext,
  options: ReadOptions = {},
): Promise<{ at: Date; rows: AuditRow[] }> {
  const { snapshot } = await look(context, options);
  const apps = new Map(snapshot.apps.map(app => [app.name, app]));
  const rows = [...snapshot.environmentReleases.values()].flatMap(
    ({ app, environment, release }) => {
      const owned = apps.get(app);
      const facts = owned && factsOf({ app, environment, release }, snapshot);
      return facts ? [toRow(owned, facts, snapshot)] : [];
    },
  );
  return { at: snapshot.now, rows };
}

function factsOf(
  of: { app: string; environment: string; release: number },
  snapshot: FleetSnapshot,
): AuditFacts {
  const key = environmentKey(of);
  const placement = snapshot.placements.get(key);
  const decision = placement?.decision;
  const deployments = new Map(
    (snapshot.deployments.get(key) ?? []).map(each => [each.key.cluster, each]),
  );
  const names = new Set([...(decision?.chosen ?? []), ...deployments.keys()]);
  const requiredBlueprint = decision && requiredBlueprintOf(decision);
  return {
    ...of,
    ...(placement && {
      decision: {
        release: placement.release,
        chosen: placement.decision.chosen,
        satisfied: placement.decision.satisfied,
        ...(placement.decision.wanted !== undefined && {
          wanted: placement.decision.wanted,
        }),
        ...(requiredBlueprint !== undefined && { requiredBlueprint }),
      },
    }),
    clusters: [...names]
      .sort()
      .map(name => toCluster(name, deployments.get(name), snapshot)),
  };
}

function toCluster(
  cluster: string,
  deployment: DeploymentRecord | undefined,
  snapshot: FleetSnapshot,
): AuditedCluster {
  const { freshness, observedAt } = snapshot.clusterStatusOf(cluster);
  const release = deployment?.state.observedRelease;
  return {
    cluster,
    freshness,
    ...(observedAt && { observedAt }),
    isRunning: deployment !== undefined && isRunning(deployment),
    ...(release !== undefined && { release }),
    blueprints: appliedBlueprints(cluster, snapshot),
  };
}

/** At least one instance answers; where there are no instances, the objects exist. */
function isRunning({
  state: { observedRelease, health, instances, serving },
}: DeploymentRecord): boolean {
  if (observedRelease === undefined || health.status === 'Missing')
    return false;
  return instances.wanted === 0 || instances.ready > 0 || serving !== undefined;
}

/** The blueprints that were applied to a cluster, not those that its file names. */
function appliedBlueprints(cluster: string, snapshot: FleetSnapshot): string[] {
  const applied = (snapshot.deploymentsOn.get(cluster) ?? []).find(
    ({ key, state }) =>
      key.kind === 'blueprint' &&
      (state.observedRelease ?? state.appliedFingerprint) !== undefined,
  );
  if (!applied) return [];
  const { name, state } = applied;
  const version = state.observedRelease ?? state.desiredRelease;
  const resolved = resolveBlueprint(
    snapshot.platform.blueprints,
    version ? { name, version } : name,
  );
  return [applied.name, ...(resolved.ok ? resolved.value.inherits : [])];
}

/** The required blueprint at the time of the decision, from its verdicts. */
function requiredBlueprintOf({
  verdicts,
}: PlacementDecision): string | undefined {
  for (const { reasons } of verdicts) {
    const reason = reasons.find(each => each.rule === 'runs-blueprint');
    if (reason) return reason.facts.required;
  }
  return undefined;
}

function toRow(
  app: AppRecord,
  facts: AuditFacts,
  snapshot: FleetSnapshot,
): AuditRow {
  const { environment, release, decision, clusters } = facts;
  const file = snapshot.platform.environments.find(
    ({ metadata }) => metadata.name === environment,
  );
  const placement = snapshot.placements.get(environmentKey(facts));
  const environmentTitle = file?.metadata.title ?? environment;
  const { health, clusters: shown } = assembleEnvironment(
    {
      app: app.name,
      environment: { name: environment, title: environmentTitle },
    },
    snapshot,
  );
  const serving = describeServing(shown);
  const verdict = judgeCompliance(facts);
  const blueprint = judgeBlueprint(facts);
  return {
    app: app.name,
    title: app.title,
    owner: app.owner,
    environment,
    environmentTitle,
    release,
    ...(serving !== undefined && { serving }),
    health,
    verdict,
    explanation: describeVerdict(verdict, at => at.toISOString()),
    decided: [...(decision?.chosen ?? [])].sort(),
    actual: clusters
      .filter(({ isRunning: runs }) => runs)
      .map(({ cluster }) => cluster),
    ...(blueprint && { blueprint }),
    ...(placement && { decidedAt: placement.decidedAt.toISOString() }),
    observed: clusters.map(({ cluster, observedAt }) => ({
      cluster,
      at: observedAt?.toISOString() ?? null,
    })),
  };
}
