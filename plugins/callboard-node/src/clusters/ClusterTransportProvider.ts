import type { ClusterTransport } from './ClusterTransport';

/** A cluster of the portal's configuration, with the options of its transport. */
export interface TransportTarget {
  /** Name of the cluster. */
  name: string;
  /** The fields beside `type` below `transport`, not validated yet. */
  options: Readonly<Record<string, unknown>>;
}

/**
 * A way to reach clusters in the portal's configuration: HTTPS with a
 * kubeconfig or a token is one, a bastion or a company's gateway another.
 */
export interface ClusterTransportProvider {
  /** The value of `transport.type` that selects this provider. */
  readonly type: string;
  /**
   * Called once for each cluster, when the portal starts. Returns a function
   * that opens a transport, called again after each one that was closed. Throws
   * where the options are invalid; the portal then does not start.
   */
  prepare(target: TransportTarget): () => Promise<ClusterTransport>;
}
