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
  /** No write is refused when omitted. */
  refuseWrite?: WriteGuard;
}

/** Returns a connection to a cluster. Sends nothing yet: the first call shows whether it can be reached. */
export function openConnection(
  cluster: RegisteredCluster,
  deps: ConnectionDeps = {},
): ClusterConnection {
  return new TransportConnection(cluster, {
    limits: { ...DEFAULT_LIMITS, ...deps.limits },
    refuseWrite: deps.refuseWrite,
  });
}
