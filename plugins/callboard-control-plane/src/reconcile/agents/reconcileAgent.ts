import { createHash } from 'node:crypto';
import {
  type AgentLink,
  type AgentRecord,
  checkAgentRights,
  renderAgentRules,
} from '@callboard/plugin-callboard-clusters-node';
import {
  type AgentProgress,
  type AgentRights,
  type ClusterRecord,
  findAgentProgress,
  findClusterFacts,
  findDeployment,
  saveAgentProgress,
} from '../../store';
import { atVersionToRun } from '../blueprints/atVersion';
import type { ManagedCluster } from '../fleet/Fleet';
import { leaseOfCluster } from '../LeaseKeeper';
import type { Outcome } from '../queue';
import { record } from '../record';
import {
  hasHalted,
  isUpgrading,
  sendUpgrade,
  withUpgradeProblem,
  withoutUpgradeThatCame,
} from './agentUpgrade';
import { agentObjectsOf } from './agentObjectsOf';
import { renewAgentPullSecret } from './renewAgentPullSecret';
import type {
  AgentHost,
  FactReader,
  FleetReader,
  LeasedRecorder,
} from '../roles';

const LOOK_AGAIN_MS = 500; // a person watches the steps of a joining cluster
const ASK_AGAIN_MS = 30_000; // permissions are granted by people
const UPGRADE_AGAIN_MS = 3_000; // an image is pulled and a pod starts meanwhile

/**
 * Follows a cluster with an agent from its registration until it is ready:
 * checks the agent's permissions, the inventory and the blueprint. Sends a
 * newer agent where an upgrade is requested. Level-based; may be cut short and
 * run again.
 */
export async function reconcileAgent(
  cluster: string,
  context: LeasedRecorder & FleetReader & AgentHost,
  signal: AbortSignal,
): Promise<Outcome> {
  // observe
  const { deps, fleet } = context;
  const managed = fleet.get(cluster);
  const agent = await deps.agents?.registry.find(cluster);
  if (!deps.agents || !managed || !agent || agent.state === 'revoked')
    return { kind: 'settled' };
  const link = deps.agents.hub.linkOf(cluster);
  const known = await findAgentProgress(deps.knex, cluster);
  const before = progressOf(agent, known);

  // act
  const rights = link
    ? await askRights(before, { managed, link, context, signal })
    : before.rights;
  if (link) await renewPullSecret({ managed, link, context, signal });
  const upgradeProblem = link
    ? await sendUpgrade(before, { managed, link, context, signal })
    : undefined;

  // record
  const seen = {
    ...before,
    ...(rights && { rights }),
    ...(await readMilestones(before, managed.record, context)),
    ...(link && {
      connectedAt: before.connectedAt ?? link.since,
      agentVersion: link.agentVersion,
      runsInCluster: link.runsInCluster,
    }),
  };
  const after = upgradeProblem
    ? withUpgradeProblem(seen, upgradeProblem)
    : withoutUpgradeThatCame(seen);
  await recordProgress(cluster, { known, after }, context);

  if (!link) return { kind: 'settled' }; // the reconnect wakes it
  if (isUpgrading(after, link)) {
    return {
      kind: 'again',
      afterMs: UPGRADE_AGAIN_MS,
      because: 'a newer agent is on its way',
    };
  }
  if (!after.readyAt || !after.inventoryAt) {
    return {
      kind: 'again',
      afterMs: LOOK_AGAIN_MS,
      because: 'it is not ready yet',
    };
  }
  if (!after.rights || new Date(after.rights.checkedAt) < link.since) {
    return {
      kind: 'again',
      afterMs: LOOK_AGAIN_MS,
      because: 'its rights could not be asked yet',
    };
  }
  return isAsked(after.rights)
    ? { kind: 'settled' }
    : { kind: 'again', afterMs: ASK_AGAIN_MS, because: 'a right is missing' };
}

/** Returns the progress that is known of this registration: with a new token everything starts again. */
function progressOf(
  agent: AgentRecord,
  known: AgentProgress | undefined,
): AgentProgress {
  const { registeredAt, tokenExpiresAt } = agent;
  const isSame = known?.registeredAt.getTime() === registeredAt.getTime();
  return {
    ...(isSame && known),
    registeredAt,
    tokenExpiresAt,
    ...(agent.state === 'joined' && { joinedAt: agent.joinedAt }),
    runsInCluster: isSame ? known.runsInCluster : false,
  };
}

function isAsked(rights: AgentRights | undefined): boolean {
  return rights !== undefined && !rights.problem && rights.missing.length === 0;
}

/**
 * Permissions are checked again after a reconnect, when the required ones
 * change, and periodically while some are missing.
 */
async function askRights(
  { rights }: AgentProgress,
  {
    managed,
    link,
    context,
    signal,
  }: {
    managed: ManagedCluster;
    link: AgentLink;
    context: FactReader;
    signal: AbortSignal;
  },
): Promise<AgentRights | undefined> {
  const { knex, platform, clock } = context.deps;
  const now = clock.now();
  const objects = agentObjectsOf(
    await atVersionToRun(knex, managed.record),
    platform,
  );
  const wanted = renderAgentRules(
    objects.ok ? objects.value : [],
    managed.record.file.spec.prometheus,
  );
  const hash = createHash('sha256')
    .update(JSON.stringify(wanted))
    .digest('hex');
  const checkedAt = rights && new Date(rights.checkedAt);
  const isCurrent =
    checkedAt !== undefined &&
    rights?.wanted === hash &&
    checkedAt >= link.since &&
    (isAsked(rights) || now.getTime() - checkedAt.getTime() < ASK_AGAIN_MS);
  if (isCurrent) return rights;
  const missing = await checkAgentRights(managed.connection, wanted, {
    signal,
  });
  if (!missing.ok && missing.problem.transient) return rights; // the link is unreliable; checked again
  return {
    checkedAt: now.toISOString(),
    wanted: hash,
    missing: missing.ok ? missing.value : [],
    ...(!missing.ok && { problem: missing.problem }),
  };
}

async function renewPullSecret({
  managed,
  link,
  context,
  signal,
}: {
  managed: ManagedCluster;
  link: AgentLink;
  context: AgentHost;
  signal: AbortSignal;
}): Promise<void> {
  const { agents } = context.deps;
  if (!agents || !link.runsInCluster) return;
  const image = await agents.findImage(signal);
  if (!image.ok) return; // reported where agents are upgraded
  await renewAgentPullSecret(image.value, {
    connection: managed.connection,
    link,
    signal,
  });
}

/**
 * Returns when the cluster first reported its inventory, and when its blueprint
 * was first in place; without a blueprint both are the same instant.
 */
async function readMilestones(
  { inventoryAt, readyAt, connectedAt }: AgentProgress,
  { name: cluster, file }: ClusterRecord,
  { deps }: FactReader,
): Promise<Pick<AgentProgress, 'inventoryAt' | 'readyAt'>> {
  if (!connectedAt || (inventoryAt && readyAt)) return {};
  const now = deps.clock.now();
  const facts = (await findClusterFacts(deps.knex)).get(cluster);
  const hasFacts = facts?.version !== undefined;
  const blueprint = await findDeployment(deps.knex, {
    kind: 'blueprint',
    cluster,
  });
  const { appliedFingerprint, desiredFingerprint } = blueprint?.state ?? {};
  const isReady =
    file.spec.blueprint === undefined
      ? hasFacts
      : appliedFingerprint !== undefined &&
        appliedFingerprint === desiredFingerprint;
  return {
    ...(!inventoryAt && hasFacts && { inventoryAt: now }),
    ...(!readyAt && isReady && { readyAt: now }),
  };
}

async function recordProgress(
  cluster: string,
  { known, after }: { known?: AgentProgress; after: AgentProgress },
  context: LeasedRecorder,
): Promise<void> {
  const at = context.deps.clock.now();
  await record(
    context,
    context.leases.prove(leaseOfCluster(cluster)),
    async (tx, { journal, signal, wake }) => {
      // The leader may have decided an upgrade meanwhile.
      const newest = (await findAgentProgress(tx, cluster))?.upgrade;
      const isNewer =
        newest !== undefined &&
        (newest.startedAt !== (after.upgrade?.startedAt ?? '') ||
          hasHalted(newest, after));
      const saved = isNewer ? { ...after, upgrade: newest } : after;
      if (!(await saveAgentProgress(tx, cluster, saved, at))) return;
      signal({ kind: 'cluster', name: cluster });
      const problem = saved.upgrade?.problem;
      if (problem && !newest?.problem) {
        journal({
          at,
          actor: 'system:agents',
          action: 'agent.upgrade-halted',
          cluster,
          message: `Upgrades of agents halt: that of ${cluster} could not be upgraded to ${saved.upgrade?.version}`,
          why: problem.why,
        });
        wake({ kind: 'agent-upgrades' });
      }
      if (after.agentVersion !== known?.agentVersion) {
        if (known?.agentVersion !== undefined) {
          journal({
            at,
            actor: 'system:fleet',
            action: 'agent.version-changed',
            cluster,
            message: `The agent of ${cluster} runs version ${after.agentVersion}, it ran ${known.agentVersion}`,
          });
        }
        wake({ kind: 'agent-upgrades' });
      }
    },
  );
}
