import type { ObservedObject } from '@callboard/plugin-callboard-core';
import type { ResourceAmounts } from '@callboard/plugin-callboard-common';

/** Cpu in thousandths of a processor, memory in bytes; absent where nothing is said. */
export type ContainerAmounts = Pick<
  ResourceAmounts,
  'cpuMillicores' | 'memoryBytes'
>;

/** What a container of an instance asks for, may have at most, and how often it was started again. */
export interface ContainerFacts {
  name: string;
  requests: ContainerAmounts;
  limits: ContainerAmounts;
  restarts: number;
}

/** What is kept of an object that a watch saw: what its deployment is judged by, and where it stands in the watch. */
export interface ObjectDigest extends ObservedObject {
  uid: string;
  resourceVersion: string;
  /** Subject of the deployment it belongs to. */
  deployment: string;
  /** Fingerprint that it carries: of what was applied. */
  fingerprint?: string;
  /** Instances only: the capacity they take until they end. */
  requests?: Required<ResourceAmounts>;
  /** Instances only, while they take capacity. */
  containers?: ContainerFacts[];
}
