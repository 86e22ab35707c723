import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const BUCKETS = [0.05, 0.1, 0.25, 1];

/** Requests per second that are played, and within which bucket they are answered. */
interface Played {
  labels: string;
  perSecond: number;
}

/*
 * Metrics as Istio, Envoy Gateway, ingress-nginx and client libraries expose
 * them, of one namespace each; the last has no codes, and counts no time.
 */
const COUNTERS: Record<string, Played[]> = {
  istio_requests_total: [
    {
      labels:
        'reporter="destination",destination_workload_namespace="mesh--dev",response_code="200"',
      perSecond: 30,
    },
    {
      labels:
        'reporter="destination",destination_workload_namespace="mesh--dev",response_code="503"',
      perSecond: 10,
    },
    {
      labels:
        'reporter="source",destination_workload_namespace="mesh--dev",response_code="200"',
      perSecond: 1_000,
    },
  ],
  envoy_cluster_upstream_rq_xx: [
    {
      labels:
        'envoy_cluster_name="httproute/gateway--dev/web/rule/0",envoy_response_code_class="2"',
      perSecond: 20,
    },
    {
      labels:
        'envoy_cluster_name="httproute/gateway--dev/web/rule/1",envoy_response_code_class="4"',
      perSecond: 20,
    },
    {
      labels:
        'envoy_cluster_name="httproute/others--dev/web/rule/0",envoy_response_code_class="2"',
      perSecond: 20,
    },
  ],
  nginx_ingress_controller_requests: [
    {
      labels:
        'namespace="ingress",exported_namespace="ingress--dev",status="200"',
      perSecond: 40,
    },
    { labels: 'namespace="honoured--dev",status="500"', perSecond: 40 },
  ],
  http_requests_total: [
    { labels: 'namespace="own--dev",status="200"', perSecond: 40 },
    { labels: 'namespace="codeless--dev"', perSecond: 40 },
    // The mesh counts these already.
    { labels: 'namespace="mesh--dev",status="200"', perSecond: 700 },
    { labels: 'namespace="still--dev",status="200"', perSecond: 0 },
  ],
};

const HISTOGRAMS: Record<string, { labels: string; unit: number }> = {
  istio_request_duration_milliseconds: {
    labels:
      'reporter="destination",destination_workload_namespace="mesh--dev",response_code="200"',
    unit: 1000,
  },
  envoy_cluster_upstream_rq_time: {
    labels: 'envoy_cluster_name="httproute/gateway--dev/web/rule/0"',
    unit: 1000,
  },
  nginx_ingress_controller_request_duration_seconds: {
    labels:
      'namespace="ingress",exported_namespace="ingress--dev",status="200"',
    unit: 1,
  },
  http_request_duration_seconds: { labels: 'namespace="own--dev"', unit: 1 },
};

/** What a Prometheus scrapes: counters that grow evenly, and answers that all take between 100 and 250 ms. */
export class TrafficExporter {
  readonly #server: Server;
  readonly #fromMs = Date.now();

  private constructor() {
    this.#server = createServer((_, response) => {
      response.setHeader('content-type', 'text/plain; version=0.0.4');
      response.end(this.#metrics());
    });
  }

  static async open(): Promise<TrafficExporter> {
    const exporter = new TrafficExporter();
    await new Promise<void>(resolve => {
      exporter.#server.listen(0, '127.0.0.1', resolve);
    });
    return exporter;
  }

  get target(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    return new Promise(resolve => {
      this.#server.closeAllConnections();
      this.#server.close(() => resolve());
    });
  }

  #metrics(): string {
    const seconds = (Date.now() - this.#fromMs) / 1000;
    const counted = Object.entries(COUNTERS).flatMap(([name, series]) => [
      `# TYPE ${name} counter`,
      ...series.map(
        ({ labels, perSecond }) => `${name}{${labels}} ${perSecond * seconds}`,
      ),
    ]);
    const measured = Object.entries(HISTOGRAMS).flatMap(
      ([name, { labels, unit }]) => [
        `# TYPE ${name} histogram`,
        ...[...BUCKETS.map(String), '+Inf'].map(le => {
          const bound = le === '+Inf' ? le : Number(le) * unit;
          const count = Number(le) <= 0.1 ? 0 : 40 * seconds;
          return `${name}_bucket{${labels},le="${bound}"} ${count}`;
        }),
        `${name}_count{${labels}} ${40 * seconds}`,
        `${name}_sum{${labels}} ${8 * seconds * unit}`,
      ],
    );
    return `${[...counted, ...measured].join('\n')}\n`;
  }
}
