import {
  type EnvironmentAction,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import {
  type OperatedEnvironment,
  type OperationDecision,
  RESTART,
  type ResolvedEnvironment,
  replicasOf,
  decideOperation,
  dividesReplicas,
  listResources,
  replicasFor,
  scaleEnvironment,
} from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import {
  type ClusterStatus,
  clusterStatusOf,
} from '../../reconcile/fleet/clusterStatusOf';
import { decideFor } from '../../reconcile/placing/decideFor';
import { findEnvironment } from '../../reconcile/placing/findEnvironment';
import type { FleetFacts } from '../../reconcile/placing/FleetSnapshot';
import { readFleet } from '../../reconcile/placing/readFleet';
import { record } from '../../reconcile/record';
import type { FactReader, Placer, Recorder } from '../../reconcile/roles';
import {
  type ReleaseRecord,
  findApp,
  findDeploymentsIn,
  findEnvironmentRelease,
  findOperation,
  findPlacement,
  findRelease,
  findRestart,
  insertSettingChange,
  lockApp,
  saveOperation,
} from '../../store';
import type { ControlPlane } from '../ControlPlane';
import { appMissing } from '../problems';
import { notYours, nothingToOperate } from './problems';

/** A request to operate an environment of an app. */
export type EnvironmentOperation = Parameters<
  ControlPlane['operateEnvironment']
>[0];

const PAST = {
  stop: 'stopped',
  start: 'started',
  restart: 'restarted',
  scale: 'scaled',
} as const;

/**
 * Stops, starts, restarts or scales an app in an environment, or describes the
 * effect. The desired state is recorded; placement, rollout and delivery apply
 * it to the clusters, to unreachable ones when they are back.
 */
export async function operateEnvironment(
  asked: EnvironmentOperation,
  context: Recorder & Placer,
): Promise<Result<EnvironmentAction>> {
  const { app, environment, action, actor, why } = asked;
  const { knex, clock } = context.deps;
  const { owner } = (await findApp(knex, app)) ?? {};
  if (owner === undefined) return failed(appMissing(app));
  const fleet = await readFleet(context);
  const statuses = await clusterStatusOf(context);
  const decide = (tx: Knex) =>
    decideIn(tx, { asked, owner, fleet, statuses, context });
  if (asked.dryRun) {
    const decided = await decide(knex);
    return decided.ok ? ok(decided.value.answer) : decided;
  }
  return record(context, undefined, async (tx, { journal, signal, wake }) => {
    await lockApp(tx, app);
    const decided = await decide(tx);
    if (!decided.ok) return decided;
    const { operation, restarts, answer, before, release } = decided.value;
    if (!answer.changes) return ok(answer);
    const at = clock.now();
    const because = why === undefined ? {} : { why };
    let settings: number | undefined;
    if (restarts) {
      const { requestId: value } = asked;
      if (
        value !== undefined &&
        (await findRestart(tx, { app, environment, request: value }))
      )
        return ok({ ...answer, changes: false });
      settings = await insertSettingChange(
        tx,
        {
          app,
          environment,
          name: RESTART,
          kind: 'restart',
          changedBy: actor,
          ...because,
          ...(value !== undefined && { value }),
        },
        at,
      );
    } else
      await saveOperation(
        tx,
        { app, environment, ...operation, changedBy: actor, ...because },
        at,
      );
    journal({
      at,
      actor,
      action: `app.${PAST[action.kind]}`,
      app,
      environment,
      release,
      message:
        settings === undefined
          ? answer.message
          : `${answer.message} (settings ${settings})`,
      ...because,
      before,
      after: restarts ? { settings } : operation,
    });
    signal({ kind: 'app', name: app });
    wake({ kind: 'placement', app, environment });
    return ok(answer);
  });
}

type Decided = OperationDecision & {
  release: number;
  before: OperatedEnvironment['operation'];
};

/** Reads how the environment is operated now, and decides. */
async function decideIn(
  tx: Knex,
  of: {
    asked: EnvironmentOperation;
    owner: string;
    fleet: FleetFacts;
    statuses: (cluster: string) => ClusterStatus;
    context: FactReader;
  },
): Promise<Result<Decided>> {
  const { asked, context, fleet, statuses } = of;
  const { app, environment: name, action, mayPromote = true } = asked;
  const { environments } = context.deps.platform;
  const wanted = await findEnvironmentRelease(tx, asked);
  const release = wanted && (await findRelease(tx, app, wanted.release));
  const found = findEnvironment(
    environments,
    release ?? { app, content: {} },
    name,
  );
  if (!found.ok) return found;
  const { title } = found.value;
  if (!mayPromote) return failed(notYours({ app, title, action }, of.owner));
  if (!release) return failed(nothingToOperate({ app, title, action }));
  const said = await findOperation(tx, asked);
  const operation: OperatedEnvironment['operation'] = {
    state: said?.state ?? 'running',
    ...(said?.replicas !== undefined && { replicas: said.replicas }),
  };
  const clusters = await clustersOf(tx, {
    asked,
    release,
    environment: found.value,
    replicas: action.kind === 'scale' ? action.replicas : operation.replicas,
    fleet,
    statuses,
  });
  const mostReplicas = environments.find(each => each.metadata.name === name)
    ?.spec.allows?.replicas?.max;
  const decided = decideOperation(
    {
      app,
      title,
      release: release.number,
      operation,
      declared: found.value.replicas,
      ...(mostReplicas !== undefined && { mostReplicas }),
      isDivided: dividesReplicas(found.value.placement),
      hasWaves: found.value.rollout !== undefined,
      workloads: workloadsOf(release),
      resources: listResources(release.content.workloads).map(
        each => each.name,
      ),
      clusters,
    },
    action,
  );
  return decided.ok
    ? ok({ ...decided.value, before: operation, release: release.number })
    : decided;
}

/** Clusters where it runs, and the number of instances it would have there. */
async function clustersOf(
  tx: Knex,
  of: {
    asked: EnvironmentOperation;
    release: ReleaseRecord;
    environment: ResolvedEnvironment;
    /** Set by hand, after the operation. */
    replicas: number | undefined;
    fleet: FleetFacts;
    statuses: (cluster: string) => ClusterStatus;
  },
): Promise<OperatedEnvironment['clusters']> {
  const { asked, release, environment, replicas, fleet, statuses } = of;
  const deployments = await findDeploymentsIn(tx, asked);
  const previous = await findPlacement(tx, asked);
  const decided = decideFor(
    {
      release,
      environment: asked.environment,
      previous,
      failovers: [],
      ...(replicas !== undefined && { replicas }),
    },
    fleet,
  );
  const shares = decided.ok ? replicasOf(decided.value.decision) : new Map();
  const scaled = scaleEnvironment(environment, replicas);
  const labels = new Map(fleet.clusters.map(each => [each.name, each.labels]));
  const workloads = workloadsOf(release);
  return deployments
    .filter(({ state }) => state.desiredRelease !== undefined)
    .map(({ key: { cluster }, state }) => {
      const each: number =
        shares.get(cluster) ?? replicasFor(scaled, labels.get(cluster) ?? {});
      return {
        cluster,
        freshness: statuses(cluster).freshness,
        instances: state.instances.wanted,
        running: workloads.reduce(
          (sum, workload) => sum + instancesOf(workload, each),
          0,
        ),
      };
    });
}

function instancesOf(
  { kind, autoscaling }: OperatedEnvironment['workloads'][number],
  replicas: number,
): number {
  if (kind !== 'Deployment' && kind !== 'StatefulSet') return 0;
  return autoscaling ? autoscaling.min : replicas;
}

function workloadsOf({
  content: { workloads, appFile },
}: ReleaseRecord): OperatedEnvironment['workloads'] {
  const deploy = appFile?.spec.deploy ?? {};
  return workloads.map(({ metadata: { name } }) => {
    const { kind = 'Deployment', autoscaling } = Object.hasOwn(deploy, name)
      ? deploy[name]
      : {};
    return { name, kind, ...(autoscaling && { autoscaling }) };
  });
}
