import type { Node } from '../kinds';
import { type ClusterClient, storageOf } from './ClusterClient';
import { type Controller, keyOf, splitKey } from './Controller';

const HEARTBEAT_MS = 300_000; // a kubelet writes an unchanged status every 5 minutes

/** Renews the status of nodes. */
export function nodeHeartbeat(client: ClusterClient): Controller {
  const nodes = storageOf('Node');
  return {
    name: 'node-heartbeat',
    keysOf: ({ storage, type, object }) =>
      storage === nodes && type === 'ADDED' ? [keyOf(object.metadata)] : [],
    reconcile(key) {
      const node = client.get<Node>('Node', undefined, splitKey(key).name);
      if (node === undefined) return undefined;
      const now = client.timestamp();
      const last = node.status.conditions.at(-1)?.lastHeartbeatTime ?? '';
      const ageMs = client.now().getTime() - Date.parse(last);
      if (ageMs < HEARTBEAT_MS) return HEARTBEAT_MS - ageMs;
      const conditions = node.status.conditions.map(condition => ({
        ...condition,
        lastHeartbeatTime: now,
      }));
      client.updateStatus(node, { ...node.status, conditions });
      return HEARTBEAT_MS;
    },
  };
}
