import {
  assessCluster,
  describeCluster,
  describeDrift,
  describeJoin,
  isOlderVersion,
  shownHealth,
} from '@callboard/plugin-callboard-core';
import {
  type AgentUpgrade,
  type Cluster,
  type ClusterApp,
  type ClusterBlueprint,
  type ClusterConnectionStatus,
  type ClusterJoin,
  type Freshness,
  type Health,
  type Problem,
  blueprintOfCluster,
} from '@callboard/plugin-callboard-common';
import type {
  AgentProgress,
  ClusterRecord,
  DeploymentRecord,
  DeploymentState,
} from '../../store';
import { addAmounts, NO_AMOUNTS } from '../../reconcile/observing/amounts';
import { titleOfEnvironment } from '../../reconcile/placing/findEnvironment';
import {
  describeFollowing,
  listPossibleVersions,
} from '../blueprints/describeFollowing';
import { assembleDeployment } from './assembleDeployment';
import { assembleScheduling } from './assembleScheduling';
import type { FleetSnapshot } from './FleetSnapshot';

/**
 * A cluster as its page shows it.
 *
 * @param counts - whether an app is included; every one when omitted
 */
export function assembleCluster(
  cluster: ClusterRecord,
  snapshot: FleetSnapshot,
  counts: (app: string) => boolean = () => true,
): Cluster {
  const says = snapshot.facts.get(cluster.name);
  const { metadata, spec } = cluster.file;
  const status = snapshot.clusterStatusOf(cluster.name);
  const agent = snapshot.agents.get(cluster.name);
  const { freshness, observedAt, since, roundTripMs, problem } = status;
  const here = (snapshot.deploymentsOn.get(cluster.name) ?? []).filter(
    ({ key }) => key.kind !== 'app' || counts(key.app),
  );
  const apps = here.flatMap(deployment => toClusterApp(deployment, snapshot));
  const delivered = here.find(({ key }) => key.kind === 'blueprint');
  const show = (health: Health) =>
    shownHealth(health, freshness, observedAt, snapshot.now);
  const named = blueprintOfCluster(cluster.file);
  const blueprint = delivered
    ? {
        ...toBlueprint(delivered, freshness, show),
        runs: delivered.state.observedRelease ?? null,
        ...(named && {
          follows: describeFollowing(named, cluster.assignment?.by),
          mayRun: listPossibleVersions(named, snapshot.platform.blueprints),
        }),
      }
    : null;
  const facts = {
    name: cluster.name,
    freshness,
    observedAt: observedAt?.toISOString() ?? null,
    ...(status.isReading && { reading: true as const }),
    connection: {
      kind: cluster.connectionKind,
      since: since?.toISOString() ?? null,
      roundTripMs: freshness === 'live' ? roundTripMs ?? null : null,
      ...describeAgent(agent, snapshot.agentVersion),
      ...(problem && { problem }),
    },
    blueprint,
    scheduling: assembleScheduling(cluster.name, snapshot, counts),
    taints: (spec.taints ?? []).map(({ key, value, effect }) => ({
      key,
      ...(value !== undefined && { value }),
      effect,
    })),
    apps,
  };
  return {
    ...facts,
    ...(agent && {
      join: joinOf(cluster.name, agent, {
        isLive: freshness === 'live',
        hasBlueprint: spec.blueprint !== undefined,
        problem: delivered?.state.problem,
        now: snapshot.now,
      }),
    }),
    title: metadata.title ?? cluster.name,
    ...(cluster.assignment?.problem && {
      blueprintProblem: cluster.assignment.problem,
    }),
    labels: metadata.labels ?? {},
    ...(cluster.handLabels && {
      labelsByHand: toLabelsByHand(cluster.handLabels),
    }),
    claims: {
      ...(says?.version !== undefined && { version: says.version }),
      ...spec.claims,
    },
    health: show(
      assessCluster(
        apps,
        delivered && { name: delivered.name, health: delivered.state.health },
      ),
    ),
    nodes: says?.nodes ?? { ready: 0, total: 0 },
    ...(says && {
      capacity: {
        cpuMillicores: says.allocatable.cpuMillicores ?? 0,
        memoryBytes: says.allocatable.memoryBytes ?? 0,
        pods: says.allocatable.pods ?? 0,
      },
      requested: addAmounts([
        says.requested,
        says.requestedByOthers ?? NO_AMOUNTS,
      ]),
      ...(says.requestedByOthers && {
        requestedByOthers: says.requestedByOthers,
      }),
    }),
    sentence: describeCluster(facts, snapshot.now),
  };
}

function toLabelsByHand({
  labels,
  by,
  since,
  ofSource,
}: NonNullable<ClusterRecord['handLabels']>): Cluster['labelsByHand'] {
  return {
    labels,
    replaced: Object.fromEntries(
      Object.entries(ofSource).filter(
        ([key, value]) => key in labels && labels[key] !== value,
      ),
    ),
    by,
    since: since.toISOString(),
  };
}

function describeAgent(
  agent: AgentProgress | undefined,
  target: string | undefined,
): Pick<ClusterConnectionStatus, 'agentVersion' | 'upgrade'> {
  if (agent?.agentVersion === undefined) return {};
  const { agentVersion } = agent;
  const upgrade = describeUpgrade(agent, target);
  return { agentVersion, ...(upgrade && { upgrade }) };
}

function describeUpgrade(
  { agentVersion = '', upgrade, runsInCluster }: AgentProgress,
  target: string | undefined,
): AgentUpgrade | undefined {
  if (upgrade && upgrade.version !== agentVersion) {
    const { version, problem } = upgrade;
    return problem
      ? { version, state: 'halted', problem }
      : { version, state: 'upgrading' };
  }
  return runsInCluster && target && isOlderVersion(agentVersion, target)
    ? { version: target, state: 'waiting' }
    : undefined;
}

function joinOf(
  cluster: string,
  agent: AgentProgress,
  {
    problem,
    now,
    ...standing
  }: {
    isLive: boolean;
    hasBlueprint: boolean;
    problem: Problem | undefined;
    now: Date;
  },
): ClusterJoin {
  const { rights, ...times } = agent;
  return describeJoin(
    {
      ...times,
      cluster,
      ...standing,
      ...(rights && {
        rights: {
          checkedAt: new Date(rights.checkedAt),
          missing: rights.missing,
          ...(rights.problem && { problem: rights.problem }),
        },
      }),
      ...(problem && !problem.transient && { blueprintProblem: problem }),
    },
    now,
  );
}

function toClusterApp(
  deployment: DeploymentRecord,
  snapshot: FleetSnapshot,
): ClusterApp[] {
  const { key } = deployment;
  if (key.kind !== 'app') return [];
  const { release, health } = assembleDeployment(deployment, snapshot);
  const { app, environment } = key;
  const environmentTitle = titleOfEnvironment(
    snapshot.platform.environments,
    environment,
  );
  return [{ app, environment, environmentTitle, release, health }];
}

function toBlueprint(
  { name, state }: DeploymentRecord,
  freshness: Freshness,
  show: (health: Health) => Health,
): ClusterBlueprint {
  return {
    name,
    version: state.desiredRelease ?? 0,
    ...stateOf(state, freshness),
    drift: state.drift,
    addons: state.parts.map(part => ({
      name: part.name,
      ...(part.description !== undefined && { description: part.description }),
      objects: part.objects,
      health: show(part.health),
    })),
  };
}

function stateOf(
  state: DeploymentState,
  freshness: Freshness,
): Pick<ClusterBlueprint, 'state' | 'message'> {
  const { problem, appliedFingerprint, desiredFingerprint, drift } = state;
  if (freshness !== 'live')
    return { state: 'unknown', message: 'The cluster does not answer' };
  if (problem && !problem.transient)
    return { state: 'failed', message: `${problem.what}: ${problem.why}` };
  if (state.desiredRelease === undefined)
    return { state: 'applying', message: 'It is being removed' };
  if (appliedFingerprint === undefined && state.observedRelease === undefined)
    return { state: 'pending', message: 'Not applied yet' };
  if (appliedFingerprint !== desiredFingerprint)
    return { state: 'applying', message: 'Another version is being applied' };
  return { state: 'applied', message: describeDrift(drift.length) };
}
