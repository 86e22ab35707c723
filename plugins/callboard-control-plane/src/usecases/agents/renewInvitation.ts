import {
  type InvitedCluster,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import { record } from '../../reconcile/record';
import type { ReconcileContext } from '../../reconcile/ReconcileContext';
import { findCluster, reinviteAgent } from '../../store';
import type { ControlPlane } from '../ControlPlane';
import { clusterMissing } from '../problems';
import { agentsOff, clusterNotByAgent } from './agentProblems';
import { describeSource } from './describeSource';
import { issueToken, prepareToInvite, showInvitation } from './showInvitation';

/**
 * A new token for a cluster that was invited: its first one expired, or its
 * agent lost its key. The older token and key count no more; an agent that is
 * connected with that key is cut off.
 */
export async function renewInvitation(
  { cluster, actor }: Parameters<ControlPlane['renewInvitation']>[0],
  context: ReconcileContext,
): Promise<Result<InvitedCluster>> {
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
  const address = await prepareToInvite(deps.agents);
  if (!address.ok) return address;

  const at = deps.clock.now();
  const { token, tokenHash, tokenExpiresAt } = issueToken(at);
  const isInvited = await record(
    context,
    undefined,
    async (tx, { journal, signal }) => {
      const invitation = { file: agent.file, tokenHash, tokenExpiresAt };
      if (!(await reinviteAgent(tx, invitation, at))) return false;
      journal({
        at,
        actor,
        action: 'cluster.invited',
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
  if (!isInvited) return failed(clusterMissing(cluster)); // removed meanwhile
  deps.agents.hub.revoke(cluster);
  await context.resync();
  return ok(showInvitation(cluster, { token, tokenExpiresAt }, address.value));
}
