import type { JsonLimits } from '@callboard/plugin-callboard-node';

/** What one cluster may cost. A cluster's answers are untrusted input. */
export interface ConnectionLimits {
  /** Bytes of one answer; a page of 500 large objects stays below. */
  answerBytes: number;
  /** Bytes of one object, so of one line of a watch; etcd refuses objects over 1.5 MiB, JSON may double them. */
  objectBytes: number;
  /** Fields and elements of one object; its time, where its bytes are its memory. */
  objectParts: number;
  /** Objects of one page; 500 are asked for. */
  pageObjects: number;
  /** Levels of nesting in JSON. */
  depth: number;
  /** Requests under way at once, watches not counted. */
  concurrentRequests: number;
  /** Requests that wait for a place; more are refused at once. */
  queuedRequests: number;
  /** Failures in a row after which nothing is sent for a while. */
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
  objectParts: 60_000, // maps that differ are the slowest to read: 40 ms
  pageObjects: 20_000,
  depth: 100,
  concurrentRequests: 8,
  queuedRequests: 2_000,
  failuresToOpen: 5,
  pauseMs: 500,
  maxPauseMs: 15_000,
  listPages: 1_000,
};

/** Of one call; as ClusterConnection promises. */
export const DEFAULT_DEADLINE_MS = 10_000;

/** Of what is parsed at once. */
export function jsonLimitsOf(limits: ConnectionLimits): JsonLimits {
  return {
    depth: limits.depth,
    valueBytes: limits.objectBytes,
    valueParts: limits.objectParts,
    listItems: limits.pageObjects,
  };
}
