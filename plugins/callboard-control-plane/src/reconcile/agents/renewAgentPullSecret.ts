import { createHash } from 'node:crypto';
import type { AgentLink } from '@callboard/plugin-callboard-clusters-node';
import type { ClusterConnection } from '@callboard/plugin-callboard-node';
import type { AgentImage } from '../../AgentDeps';

/** What was brought over each link, as a hash. Soft: a new link brings it again. */
const brought = new WeakMap<AgentLink, string>();

/**
 * Keeps what the agent's own image is pulled with as the platform has it now: a
 * pod that moves to another node is pulled there long after it was installed.
 * What is refused (an agent that was installed with fewer rights) shows where
 * it matters: the image cannot be pulled.
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
