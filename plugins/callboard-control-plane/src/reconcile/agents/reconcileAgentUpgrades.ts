import {
  type AgentInFleet,
  planAgentUpgrades,
} from '@callboard/plugin-callboard-core';
import type { Problem } from '@callboard/plugin-callboard-common';
import type { AgentImage } from '../../AgentDeps';
import {
  type AgentProgress,
  type AgentUpgradeRecord,
  findAgentProgress,
  findAllAgentProgress,
  saveAgentProgress,
} from '../../store';
import { clusterStatusOf } from '../fleet/clusterStatusOf';
import { LEADER_LEASE } from '../LeaseKeeper';
import type { Outcome } from '../queue';
import { type Consequences, record } from '../record';
import type { AgentHost, FleetReader, LeasedRecorder } from '../roles';

const DEADLINE_MS = 5 * 60_000; // image pull and a pod's start on a slow edge site
const ACTOR = 'system:agents';

/**
 * Upgrades agents that are older than the one of this portal to its version, in
 * waves. Decides only: the process that reaches a cluster sends the image to
 * it.
 */
export async function reconcileAgentUpgrades(
  context: LeasedRecorder & FleetReader & AgentHost,
  signal: AbortSignal,
): Promise<Outcome> {
  // observe
  const { deps, leases } = context;
  const { agents, knex, clock } = deps;
  if (!agents || !leases.holds(LEADER_LEASE)) return { kind: 'settled' };
  const known = await findAllAgentProgress(knex);
  const inClusters = [...known].filter(([, agent]) => agent.runsInCluster);
  if (inClusters.length === 0) return { kind: 'settled' };
  const found = await agents.findImage(signal);
  if (!found.ok)
    return {
      kind: found.problem.transient ? 'retry' : 'stuck',
      problem: found.problem,
    };
  const target = found.value;
  const isConnected = await whoIsConnected(context);

  // decide
  const now = clock.now();
  const plan = planAgentUpgrades(
    inClusters.map(([cluster, agent]) =>
      toAgentInFleet(cluster, agent, { target, isConnected }),
    ),
    {
      version: target.version,
      deadlineMs: agents.upgradeDeadlineMs ?? DEADLINE_MS,
    },
    now,
  );

  // record; acting is the work of each cluster
  switch (plan.kind) {
    case 'start':
      await recordStart(plan, target, context);
      return {
        kind: 'again',
        afterMs: agents.upgradeDeadlineMs ?? DEADLINE_MS,
        because: 'a wave is under way',
      };
    case 'waiting':
      return {
        kind: 'again',
        afterMs: Math.max(0, plan.until.getTime() - now.getTime()),
        because: 'a wave is under way',
      };
    case 'halted':
      await recordHalt(plan.late, target, context);
      return { kind: 'settled' };
    case 'done':
      return { kind: 'settled' };
    default:
      return plan satisfies never;
  }
}

/** Any process may hold the link; a live cluster is connected to one of them. */
async function whoIsConnected(
  context: FleetReader & AgentHost,
): Promise<(cluster: string) => boolean> {
  const status = await clusterStatusOf(context);
  const hub = context.deps.agents?.hub;
  return cluster =>
    hub?.linkOf(cluster) !== undefined || status(cluster).freshness === 'live';
}

/** A recorded upgrade counts for its exact image: another image of the same version is another attempt. */
function toAgentInFleet(
  cluster: string,
  { agentVersion = '', upgrade: sent }: AgentProgress,
  {
    target,
    isConnected,
  }: { target: AgentImage; isConnected: (cluster: string) => boolean },
): AgentInFleet {
  const isOther =
    sent?.version === target.version &&
    sent.image !== target.image &&
    agentVersion !== target.version;
  const upgrade = isOther ? undefined : sent;
  return {
    cluster,
    version: agentVersion,
    isConnected: isConnected(cluster),
    ...(upgrade && {
      upgrade: {
        version: upgrade.version,
        startedAt: new Date(upgrade.startedAt),
        hasFailed: upgrade.problem !== undefined,
      },
    }),
  };
}

async function recordStart(
  { wave, clusters }: { wave: number; clusters: readonly string[] },
  { version, image }: AgentImage,
  context: LeasedRecorder,
): Promise<void> {
  const at = context.deps.clock.now();
  await change(clusters, context, async ({ cluster, agent, consequences }) => {
    consequences.journal({
      at,
      actor: ACTOR,
      action: 'agent.upgrade-started',
      cluster,
      message: `The agent of ${cluster} is upgraded from ${agent.agentVersion} to ${version}, wave ${wave}`,
    });
    consequences.wake({ kind: 'agent', cluster });
    return { version, image, startedAt: at.toISOString() };
  });
}

async function recordHalt(
  late: readonly string[],
  target: AgentImage,
  context: LeasedRecorder,
): Promise<void> {
  const at = context.deps.clock.now();
  await change(late, context, async ({ cluster, agent, consequences }) => {
    if (!agent.upgrade) return undefined;
    const problem = upgradeLate(cluster, agent, target.version);
    consequences.journal({
      at,
      actor: ACTOR,
      action: 'agent.upgrade-halted',
      cluster,
      message: `Upgrades of agents halt: that of ${cluster} did not come back as ${target.version}`,
      why: problem.why,
    });
    return { ...agent.upgrade, problem };
  });
}

function upgradeLate(
  cluster: string,
  { agentVersion = 'of an unknown version' }: AgentProgress,
  version: string,
): Problem {
  return {
    code: 'agent-upgrade-late',
    what: `Cannot upgrade the agent of "${cluster}" to ${version}`,
    why: `it did not connect as ${version} in time; last it was ${agentVersion}`,
    next: 'Look there: kubectl -n callboard-agent describe pods. The other agents wait, and go on once it is back',
    transient: false,
  };
}

/** Changes the upgrade state of these clusters, as read within the transaction. */
async function change(
  clusters: readonly string[],
  context: LeasedRecorder,
  decide: (of: {
    cluster: string;
    agent: AgentProgress;
    consequences: Consequences;
  }) => Promise<AgentUpgradeRecord | undefined>,
): Promise<void> {
  if (clusters.length === 0) return;
  const at = context.deps.clock.now();
  await record(
    context,
    context.leases.prove(LEADER_LEASE),
    async (tx, consequences) => {
      for (const cluster of clusters) {
        const agent = await findAgentProgress(tx, cluster);
        if (!agent) continue;
        const upgrade = await decide({ cluster, agent, consequences });
        if (!upgrade) continue;
        await saveAgentProgress(tx, cluster, { ...agent, upgrade }, at);
        consequences.signal({ kind: 'cluster', name: cluster });
      }
    },
  );
}
