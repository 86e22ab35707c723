import type {
  Health,
  KubeRef,
  ResourceAmounts,
} from '@callboard/plugin-callboard-common';

/** What is kept of an object that a watch saw. */
export interface ObjectDigest {
  ref: KubeRef;
  uid: string;
  resourceVersion: string;
  /** Subject of the deployment it belongs to. */
  deployment: string;
  workload?: string;
  release?: number;
  /** Fingerprint that it carries: of what was applied. */
  fingerprint?: string;
  /** Absent for kinds that have no health of their own. */
  health?: Health;
  terminating: boolean;
  /** Instances only: until then (ms) a healthy one may still turn out to crash. */
  steadyAtMs?: number;
  /** Paths of our fields that somebody else changed. */
  drift: string[];
  instances?: { ready: number; wanted: number };
  /** How to reach a service from outside, as far as the cluster said. */
  ports?: Array<{ port: number; nodePort?: number }>;
  ingress?: string[];
  /** Instances only: the room they take until they end. */
  requests?: Required<ResourceAmounts>;
}
