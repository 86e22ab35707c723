import { createHash } from 'node:crypto';
import type { AgentLink } from '@callboard/plugin-callboard-clusters-node';
import type { ClusterConnection } from '@callboard/plugin-callboard-node';
import type { AgentImage } from '../../AgentDeps';

/** Hash of the pull secret that was sent over each link. In memory only: a new link sends it again. */
const brought = new WeakMap<AgentLink, string>();

/**
 * Keeps the pull secret of the agent's own image current: a pod that moves to
 * another node pulls the image long after installation. A refusal (an agent
 * that was installed with fewer permissions) is not reported here: it shows as
 * a failed image pull.
 */
export async function renewAgentPullSecret(
  { pullSecret }: AgentImage,
  {
    connection,
    link,
    signal,
  }: { connection: ClusterConnection; link: AgentLink; signal: AbortSignal },
): Promise<void> {
  if (!pullSecret || !link.runsInCluster) return;
  const hash = createHash('sha256')
    .update(JSON.stringify(pullSecret))
    .digest('hex');
  if (brought.get(link) === hash) return;
  const sent = await connection.apply(pullSecret, { force: true, signal });
  if (sent.ok || !sent.problem.transient) brought.set(link, hash);
}
