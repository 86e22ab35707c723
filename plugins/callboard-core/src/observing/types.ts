import type {
  Deployer,
  Finding,
  Health,
  KubeObject,
  ObservedWorkload,
} from '@callboard/plugin-callboard-common';

/** What is kept in memory of an object that others deployed: enough to judge it, none of its values. */
export interface KeptObject {
  object: KubeObject;
  deployer: Deployer;
  /** Of `object` as JSON. */
  bytes: number;
}

/** What runs of a component on one cluster, as it was seen; what is recorded. */
export interface ObservedState {
  health: Health;
  objects: number;
  workloads: ObservedWorkload[];
  findings: Finding[];
}
