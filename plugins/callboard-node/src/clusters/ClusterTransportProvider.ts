import type { ClusterTransport } from './ClusterTransport';

/** A cluster of the portal's configuration, as a transport needs it. */
export interface TransportTarget {
  /** Name of the cluster. */
  name: string;
  /** What stands beside `type` below `transport`: not checked by anyone before. */
  options: Readonly<Record<string, unknown>>;
}

/**
 * A way to reach clusters that the portal's configuration names: HTTPS with a
 * kubeconfig or a token is one, a bastion or a company's gateway another.
 */
export interface ClusterTransportProvider {
  /** Clusters ask for it by this name (`transport.type`). */
  readonly type: string;
  /**
   * Called once for each cluster, when the portal starts. Returns how transports to
   * it are opened: again after each that was closed. Throws where the options say
   * nothing usable; the portal then does not start.
   */
  prepare(target: TransportTarget): () => Promise<ClusterTransport>;
}
