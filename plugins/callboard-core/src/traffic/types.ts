import type { TrafficSource } from '@callboard/plugin-callboard-common';

/** What an app was asked over the last five minutes. A number that nobody counts is absent. */
export interface TrafficNumbers {
  source: TrafficSource;
  requestsPerSecond: number;
  /** Answers of 500 and above. */
  errorsPerSecond?: number;
  /** 95 of 100 answers came within it. */
  p95Seconds?: number;
}

/** What a Prometheus answers over HTTP, whatever way it came. */
export interface PrometheusAnswer {
  status: number;
  /** Parsed JSON; undefined where it is none. */
  body: unknown;
}

/** One series at one instant. */
export interface VectorSample {
  labels: Readonly<Record<string, string>>;
  /** Never NaN or infinite: such series are left out. */
  value: number;
}
