/** Who counts the requests of apps, under names of metrics that everybody knows. */
export const TRAFFIC_SOURCES = [
  'istio',
  'envoy-gateway',
  'ingress-nginx',
  'app',
] as const;

export type TrafficSource = (typeof TRAFFIC_SOURCES)[number];

/** The Prometheus of a cluster, or one that speaks as it does: at an address, or a service that the cluster's API server proxies to. */
export interface ClusterPrometheus {
  /** Where the portal asks itself. */
  url?: string;
  /** Asked through the connection that the cluster has. */
  service?: {
    namespace: string;
    name: string;
    port: number;
    scheme?: 'http' | 'https';
  };
  /** Name below `callboard.prometheus.credentials` of the portal's configuration; with `url` alone. */
  credentials?: string;
  /** Who counts requests there, the one that is believed first; all when omitted. */
  sources?: TrafficSource[];
  /** Labels that series must have: those of one cluster, where a Prometheus has several. */
  matchers?: Record<string, string>;
}
