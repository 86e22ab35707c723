/** Sources of request counts of apps, by their well-known metrics. */
export const TRAFFIC_SOURCES = [
  'istio',
  'envoy-gateway',
  'ingress-nginx',
  'app',
] as const;

export type TrafficSource = (typeof TRAFFIC_SOURCES)[number];

/**
 * The Prometheus of a cluster, or a server with the same API: at a URL, or a
 * service that the cluster's API server proxies to.
 */
export interface ClusterPrometheus {
  /** URL that the portal requests itself. */
  url?: string;
  /** Requested through the cluster's connection. */
  service?: {
    namespace: string;
    name: string;
    port: number;
    scheme?: 'http' | 'https';
  };
  /** Name below `callboard.prometheus.credentials` of the portal's configuration; with `url` alone. */
  credentials?: string;
  /** Sources of request counts, in order of precedence; all when omitted. */
  sources?: TrafficSource[];
  /** Labels that series must have: those of one cluster, where a Prometheus has several. */
  matchers?: Record<string, string>;
}
