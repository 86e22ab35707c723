import type {
  ClusterConnection,
  RegisteredCluster,
} from '@callboard/plugin-callboard-node';
import { type ConnectionLimits, DEFAULT_LIMITS } from './connection/limits';
import { TransportConnection } from './connection/TransportConnection';

export interface ConnectionDeps {
  limits?: Partial<ConnectionLimits>;
}

/**
 * Connects to a cluster. Sends nothing yet: whether it can be reached is what
 * the first call answers.
 */
export function openConnection(
  cluster: RegisteredCluster,
  deps: ConnectionDeps = {},
): ClusterConnection {
  return new TransportConnection(cluster, {
    ...DEFAULT_LIMITS,
    ...deps.limits,
  });
}
