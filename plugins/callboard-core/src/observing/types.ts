import type {
  Deployer,
  Finding,
  Health,
  KubeObject,
  ObservedWorkload,
} from '@callboard/plugin-callboard-common';

/** The part of an object deployed by others that is kept in memory: enough to judge it, none of its values. */
export interface KeptObject {
  object: KubeObject;
  deployer: Deployer;
  /** Of `object` as JSON. */
  bytes: number;
}

/** Recorded observation of a component on one cluster. */
export interface ObservedState {
  health: Health;
  objects: number;
  workloads: ObservedWorkload[];
  findings: Finding[];
}
