import {
  type ClusterSource,
  DEFAULT_LIVENESS_MS,
  type RegisteredCluster,
} from '@callboard/plugin-callboard-node';
import type { AgentRegistry } from './AgentRegistry';
import type { TunnelHub } from './TunnelHub';
import { TunnelTransport } from './TunnelTransport';

/**
 * Clusters with a registered agent that is not revoked. One that never dialed
 * in is a cluster that was never in contact.
 */
export function agentSource(
  hub: TunnelHub,
  registry: AgentRegistry,
  options: { livenessDeadlineMs?: number } = {},
): ClusterSource {
  return {
    name: 'agents',
    listClusters: async () => {
      const records = await registry.list();
      return records
        .filter(record => record.state !== 'revoked')
        .map(
          ({ file }): RegisteredCluster => ({
            file,
            connectionKind: 'agent',
            livenessDeadlineMs:
              options.livenessDeadlineMs ?? DEFAULT_LIVENESS_MS,
            openTransport: async () =>
              new TunnelTransport(hub, file.metadata.name),
          }),
        );
    },
  };
}
