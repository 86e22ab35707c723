import {
  type ClusterRegistration,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import { record } from '../../reconcile/record';
import type { ClusterRegistrar } from '../../reconcile/roles';
import { findCluster, renewAgent } from '../../store';
import type { ControlPlane } from '../ControlPlane';
import { clusterMissing } from '../problems';
import { agentsOff, clusterNotByAgent } from './agentProblems';
import { describeSource } from './describeSource';
import {
  issueToken,
  prepareToRegister,
  showRegistration,
} from './showRegistration';

/**
 * Issues a new token for a registered cluster: its first one expired, or its
 * agent lost its key. The older token and key are no longer valid; an agent
 * that is connected with that key is disconnected.
 */
export async function renewRegistration(
  { cluster, actor }: Parameters<ControlPlane['renewRegistration']>[0],
  context: ClusterRegistrar,
): Promise<Result<ClusterRegistration>> {
  const { deps } = context;
  if (!deps.agents) return failed(agentsOff());
  const agent = await deps.agents.registry.find(cluster);
  if (!agent || agent.state === 'revoked') {
    const known = await findCluster(deps.knex, cluster);
    return failed(
      known && known.connectionKind !== 'agent'
        ? clusterNotByAgent(
            cluster,
            describeSource(known.connectionKind).source,
          )
        : clusterMissing(cluster),
    );
  }
  const address = await prepareToRegister(deps.agents);
  if (!address.ok) return address;

  const at = deps.clock.now();
  const { token, tokenHash, tokenExpiresAt } = issueToken(at);
  const isRegistered = await record(
    context,
    undefined,
    async (tx, { journal, signal }) => {
      const registration = { file: agent.file, tokenHash, tokenExpiresAt };
      if (!(await renewAgent(tx, registration, at))) return false;
      journal({
        at,
        actor,
        action: 'cluster.registered',
        cluster,
        message:
          agent.state === 'joined'
            ? `Cluster ${cluster} got a new registration token; the key of its agent is revoked`
            : `Cluster ${cluster} got a new registration token`,
      });
      signal({ kind: 'cluster', name: cluster });
      return true;
    },
  );
  if (!isRegistered) return failed(clusterMissing(cluster)); // removed in the meantime
  deps.agents.hub.revoke(cluster);
  await context.resync();
  return ok(
    showRegistration(cluster, { token, tokenExpiresAt }, address.value),
  );
}
