import type {
  ClusterConnection,
  RegisteredCluster,
} from '@callboard/plugin-callboard-node';
import { type ConnectionLimits, DEFAULT_LIMITS } from './connection/limits';
import {
  TransportConnection,
  type WriteGuard,
} from './connection/TransportConnection';

export interface ConnectionDeps {
  limits?: Partial<ConnectionLimits>;
  /** Nothing is refused when omitted. */
  refuseWrite?: WriteGuard;
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
    limits: { ...DEFAULT_LIMITS, ...deps.limits },
    refuseWrite: deps.refuseWrite,
  });
}
