import type { ObservedObject } from '@callboard/plugin-callboard-core';
import type { ResourceAmounts } from '@callboard/plugin-callboard-common';

/** Cpu in thousandths of a processor, memory in bytes; absent where the manifest sets none. */
export type ContainerAmounts = Pick<
  ResourceAmounts,
  'cpuMillicores' | 'memoryBytes'
>;

/** Requests, limits and restarts of a container of an instance. */
export interface ContainerFacts {
  name: string;
  requests: ContainerAmounts;
  limits: ContainerAmounts;
  restarts: number;
}

/**
 * The kept part of an object that a watch observed: the facts that its
 * deployment is judged by, and its position in the watch.
 */
export interface ObjectDigest extends ObservedObject {
  uid: string;
  resourceVersion: string;
  /** Subject of the deployment that it belongs to. */
  deployment: string;
  /** The fingerprint on the object: of what was applied. */
  fingerprint?: string;
  /** Instances only: their requests, until they end. */
  requests?: Required<ResourceAmounts>;
  /** Instances only, until they end. */
  containers?: ContainerFacts[];
}
