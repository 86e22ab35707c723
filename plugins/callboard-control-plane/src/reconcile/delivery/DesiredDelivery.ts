import type {
  DriftPolicy,
  Exposure,
  KubeObject,
} from '@callboard/plugin-callboard-common';

/** What a cluster shall hold for one deployment. */
export interface DesiredDelivery {
  kind: 'app' | 'blueprint';
  /** Under this name the cluster keeps the inventory. */
  deployment: string;
  namespace?: string;
  /** Release number, or version of the blueprint. */
  release: number;
  /** All objects; those of the parts and what they share (the namespace). */
  objects: KubeObject[];
  /** Of all of it. */
  fingerprint: string;
  /** Workloads, or add-ons. */
  parts: Array<{ name: string; description?: string; objects: KubeObject[] }>;
  /** Instances wanted in all. */
  instances: number;
  exposure: Exposure;
  /** What happens to changes that somebody else made. */
  drift: DriftPolicy;
}
