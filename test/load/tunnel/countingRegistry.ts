import {
  API_VERSION,
  type ClusterFile,
} from '@callboard/plugin-callboard-common';
// The whole package would bring its database along, which is not measured here.
// eslint-disable-next-line @backstage/no-relative-monorepo-imports
import type { AgentRegistry } from '../../../plugins/callboard-clusters-node/src/tunnel/AgentRegistry';

/** Knows every agent by one key, in memory, and counts what would go to the database. */
export function countingRegistry(
  agentKey: string,
  counts: { reads: number; writes: number },
): AgentRegistry {
  const record = (name: string) => ({
    state: 'joined' as const,
    agentKey,
    joinedAt: new Date(0),
    tokenHash: '',
    tokenExpiresAt: new Date(0),
    registeredAt: new Date(0),
    file: {
      apiVersion: API_VERSION,
      kind: 'Cluster',
      metadata: { name },
      spec: {},
    } satisfies ClusterFile as ClusterFile,
  });
  return {
    find: async cluster => {
      counts.reads += 1;
      return record(cluster);
    },
    list: async () => [],
    join: async () => 'agent-unknown',
    findRevoked: async () => {
      counts.reads += 1;
      return [];
    },
    record: async (_cluster, report) => {
      counts.writes += 1;
      return {
        sequence: report.entries.at(-1)?.sequence ?? 0,
        recorded: report.entries.length,
      };
    },
  };
}
