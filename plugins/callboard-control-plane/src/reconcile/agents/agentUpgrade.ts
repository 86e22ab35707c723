import {
  type AgentLink,
  renderAgentUpgrade,
} from '@callboard/plugin-callboard-clusters-node';
import type { Problem } from '@callboard/plugin-callboard-common';
import type { AgentProgress, AgentUpgradeRecord } from '../../store';
import type { ManagedCluster } from '../fleet/Fleet';
import type { FactReader } from '../roles';
import { findStuckUpgrade } from './findStuckUpgrade';

/** Applies the image of a newer agent, until the agent reports that version. @returns why it cannot be applied */
export async function sendUpgrade(
  progress: AgentProgress,
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
): Promise<Problem | undefined> {
  const { upgrade } = progress;
  if (!upgrade || !isUpgrading(progress, link)) return undefined;
  const sent = await managed.connection.apply(
    renderAgentUpgrade(upgrade.image),
    { force: true, signal }, // the installer wrote the image; from here on Callboard owns the field
  );
  if (!sent.ok) return sent.problem.transient ? undefined : sent.problem;
  return findStuckUpgrade(
    managed.connection,
    { ...upgrade, cluster: managed.record.name },
    { now: context.deps.clock.now(), signal },
  );
}

export function isUpgrading(
  { upgrade }: AgentProgress,
  { agentVersion, runsInCluster }: AgentLink,
): boolean {
  return (
    upgrade !== undefined &&
    upgrade.problem === undefined &&
    runsInCluster &&
    agentVersion !== upgrade.version
  );
}

export function withUpgradeProblem(
  progress: AgentProgress,
  problem: Problem,
): AgentProgress {
  const { upgrade } = progress;
  return upgrade ? { ...progress, upgrade: { ...upgrade, problem } } : progress;
}

/** Removes the problem of an upgrade once the agent runs the newer version. */
export function withoutUpgradeThatCame(progress: AgentProgress): AgentProgress {
  const { upgrade, agentVersion } = progress;
  if (!upgrade?.problem || upgrade.version !== agentVersion) return progress;
  const { problem: _mended, ...came } = upgrade;
  return { ...progress, upgrade: came };
}

/** Whether the leader halted the upgrade while this process was still observing. */
export function hasHalted(
  newest: AgentUpgradeRecord,
  { upgrade, agentVersion }: AgentProgress,
): boolean {
  return (
    newest.problem !== undefined &&
    upgrade?.problem === undefined &&
    newest.version !== agentVersion
  );
}
