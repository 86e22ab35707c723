import type { DesiredDeployment } from '@callboard/plugin-callboard-core';
import type {
  DriftPolicy,
  KubeObject,
} from '@callboard/plugin-callboard-common';

/** What a cluster shall hold for one deployment. */
export interface RenderedDeployment extends DesiredDeployment {
  /** Under this name the cluster keeps the inventory. */
  deployment: string;
  namespace?: string;
  /** Release number, or version of the blueprint. */
  release: number;
  objects: KubeObject[];
  /** True while what else is in place is not to be taken away. */
  keepsOthers?: boolean;
  /** Of all of it. */
  fingerprint: string;
  /** What happens to changes that somebody else made. */
  drift: DriftPolicy;
}
