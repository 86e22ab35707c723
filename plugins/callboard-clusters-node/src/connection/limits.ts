import type { JsonLimits } from '@callboard/plugin-callboard-node';

/** Limits on the resources that one cluster may use. A cluster's responses are untrusted input. */
export interface ConnectionLimits {
  /** Bytes of one response; a page of 500 large objects is smaller. */
  answerBytes: number;
  /** Bytes of one object, and of one line of a watch; etcd refuses objects over 1.5 MiB, JSON may double them. */
  objectBytes: number;
  /** Fields and elements of one object; they bound parsing time as bytes bound memory. */
  objectParts: number;
  /** Objects of one page; 500 are requested. */
  pageObjects: number;
  /** Levels of nesting in JSON. */
  depth: number;
  /** Concurrent requests, without watches. */
  concurrentRequests: number;
  /** Requests in the queue; more are refused at once. */
  queuedRequests: number;
  /** Consecutive failures after which nothing is sent for a while. */
  failuresToOpen: number;
  /** First pause of the breaker; doubles up to `maxPauseMs`. */
  pauseMs: number;
  maxPauseMs: number;
  /** Pages of one list. */
  listPages: number;
}

export const DEFAULT_LIMITS: ConnectionLimits = {
  answerBytes: 32 * 1024 * 1024,
  objectBytes: 4 * 1024 * 1024,
  objectParts: 60_000, // maps with different keys are the slowest to read: 40 ms
  pageObjects: 20_000,
  depth: 100,
  concurrentRequests: 8,
  queuedRequests: 2_000,
  failuresToOpen: 5,
  pauseMs: 500,
  maxPauseMs: 15_000,
  listPages: 1_000,
};

/** Of one call, as documented for ClusterConnection. */
export const DEFAULT_DEADLINE_MS = 10_000;

/** Returns the limits of JSON that is parsed at once. */
export function jsonLimitsOf(limits: ConnectionLimits): JsonLimits {
  return {
    depth: limits.depth,
    valueBytes: limits.objectBytes,
    valueParts: limits.objectParts,
    listItems: limits.pageObjects,
  };
}
