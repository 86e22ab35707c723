import {
  type ClusterPrometheus,
  TRAFFIC_SOURCES,
  type TrafficSource,
} from '@callboard/plugin-callboard-common';

/** Window of rates; four scrapes of a minute each fit into it. */
const WINDOW = '5m';
const QUANTILE = 0.95;

/** The label that holds the namespace in every answer, whatever the source. */
export const NAMESPACE_LABEL = 'callboard_namespace';

/** Namespaces in one query: it is part of a URL, and proxies accept 8 KB of one. */
export const NAMESPACES_AT_ONCE = 60;

interface Metric {
  /** Selectors of the namespaces' series: a label for each alternative, and how it names a namespace. */
  selectors: ReadonlyArray<{
    label: string;
    /** Text around a namespace in the label's value; none when omitted. */
    around?: readonly [string, string];
    others?: string;
  }>;
  requests: string;
  /** Labels with the response code; the first one present counts. */
  codeLabels: readonly string[];
  seconds: string;
  /** Units of the histogram in a second. */
  perSecond: number;
}

/*
 * Sources: Istio standard metrics; Envoy "Cluster manager statistics" with the
 * names that Envoy Gateway gives clusters (`httproute/NAMESPACE/NAME/rule/N`);
 * ingress-nginx "Monitoring" (its own label `namespace` is `exported_namespace`
 * where the scrape does not honour labels); client libraries of Prometheus.
 */
const METRICS: Record<TrafficSource, Metric> = {
  istio: {
    selectors: [
      {
        label: 'destination_workload_namespace',
        others: 'reporter=~"destination|waypoint"',
      },
    ],
    requests: 'istio_requests_total',
    codeLabels: ['response_code'],
    seconds: 'istio_request_duration_milliseconds_bucket',
    perSecond: 1000,
  },
  'envoy-gateway': {
    selectors: [{ label: 'envoy_cluster_name', around: ['httproute/', '/.*'] }],
    requests: 'envoy_cluster_upstream_rq_xx',
    codeLabels: ['envoy_response_code_class'],
    seconds: 'envoy_cluster_upstream_rq_time_bucket',
    perSecond: 1000,
  },
  'ingress-nginx': {
    selectors: [
      { label: 'exported_namespace' },
      { label: 'namespace', others: 'exported_namespace=""' },
    ],
    requests: 'nginx_ingress_controller_requests',
    codeLabels: ['status'],
    seconds: 'nginx_ingress_controller_request_duration_seconds_bucket',
    perSecond: 1,
  },
  app: {
    selectors: [{ label: 'namespace' }],
    requests: 'http_requests_total',
    codeLabels: ['code', 'status', 'status_code'],
    seconds: 'http_request_duration_seconds_bucket',
    perSecond: 1,
  },
};

/** Returns the sources to query, by precedence. */
export function trafficSources({
  sources,
}: Pick<ClusterPrometheus, 'sources'>): readonly TrafficSource[] {
  return sources ?? TRAFFIC_SOURCES;
}

/** Returns the names of the metrics in which a source counts requests. */
export function requestMetric(source: TrafficSource): string {
  return METRICS[source].requests;
}

/** Labels with the response code in the series of {@link requestsQuery}. */
export function codeLabels(source: TrafficSource): readonly string[] {
  return METRICS[source].codeLabels;
}

/**
 * PromQL: requests per second by namespace and code.
 *
 * @param namespaces - at most {@link NAMESPACES_AT_ONCE}, each a DNS label
 */
export function requestsQuery(
  source: TrafficSource,
  namespaces: readonly string[],
  { matchers }: Pick<ClusterPrometheus, 'matchers'>,
): string {
  const { requests, codeLabels: codes } = METRICS[source];
  const rates = ratesOf(source, requests, { namespaces, matchers });
  return `sum by (${[NAMESPACE_LABEL, ...codes].join(',')}) (${rates})`;
}

/** PromQL: within how many seconds 95 of 100 answers came, by namespace. */
export function latencyQuery(
  source: TrafficSource,
  namespaces: readonly string[],
  { matchers }: Pick<ClusterPrometheus, 'matchers'>,
): string {
  const { seconds, perSecond } = METRICS[source];
  const rates = ratesOf(source, seconds, { namespaces, matchers });
  const quantile = `histogram_quantile(${QUANTILE},sum by (${NAMESPACE_LABEL},le) (${rates}))`;
  return perSecond === 1 ? quantile : `${quantile}/${perSecond}`;
}

function ratesOf(
  source: TrafficSource,
  metric: string,
  {
    namespaces,
    matchers = {},
  }: { namespaces: readonly string[]; matchers?: Record<string, string> },
): string {
  const given = Object.entries(matchers).map(
    ([label, value]) => `${label}=${quote(value)}`,
  );
  return METRICS[source].selectors
    .map(({ label, around = ['', ''], others }) => {
      const [before, after] = around;
      const wanted = `${label}=~${quote(
        `${before}(${namespaces.join('|')})${after}`,
      )}`;
      const series = [wanted, ...(others ? [others] : []), ...given].join(',');
      return `label_replace(rate(${metric}{${series}}[${WINDOW}]),"${NAMESPACE_LABEL}","$1","${label}",${quote(
        around[0] === '' ? '(.*)' : `${before}([^/]+)${after}`,
      )})`;
    })
    .join(' or ');
}

function quote(text: string): string {
  return JSON.stringify(text);
}
