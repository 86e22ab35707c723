import type { DesiredDeployment } from '@callboard/plugin-callboard-core';
import type {
  DriftPolicy,
  KubeObject,
} from '@callboard/plugin-callboard-common';

/** Desired objects of one deployment on a cluster. */
export interface RenderedDeployment extends DesiredDeployment {
  /** Name under which the cluster keeps the inventory. */
  deployment: string;
  namespace?: string;
  /** Release number, or version of the blueprint. */
  release: number;
  objects: KubeObject[];
  /** True while other objects that are in place must not be removed. */
  keepsOthers?: boolean;
  /** Of all objects together. */
  fingerprint: string;
  /** How changes by other clients are handled. */
  drift: DriftPolicy;
}
