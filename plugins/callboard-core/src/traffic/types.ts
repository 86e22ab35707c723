import type { TrafficSource } from '@callboard/plugin-callboard-common';

/** Requests to an app over the last five minutes. A number that is not counted is absent. */
export interface TrafficNumbers {
  source: TrafficSource;
  requestsPerSecond: number;
  /** Responses with code 500 and above. */
  errorsPerSecond?: number;
  /** 95 of 100 responses came within this time. */
  p95Seconds?: number;
}

/** HTTP response of a Prometheus, over whatever transport. */
export interface PrometheusAnswer {
  status: number;
  /** Parsed JSON; undefined where it is not JSON. */
  body: unknown;
}

/** One series at one instant. */
export interface VectorSample {
  labels: Readonly<Record<string, string>>;
  /** Never NaN or infinite: such series are left out. */
  value: number;
}
