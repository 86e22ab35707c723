import type { Joining } from '@callboard/plugin-callboard-common';
import type { AgentHost } from '../../reconcile/roles';
import { agentsOff } from './agentProblems';
import { prepareToRegister } from './showRegistration';

/**
 * Returns whether a cluster could be added now, before anybody describes one:
 * agents are accepted, and their image is found.
 */
export async function readJoining({ deps }: AgentHost): Promise<Joining> {
  if (!deps.agents) return { problem: agentsOff() };
  const address = await prepareToRegister(deps.agents);
  return address.ok ? {} : { problem: address.problem };
}
