import type { KubeObject } from '@callboard/plugin-callboard-common';
import type { CallOptions } from '../clusters/ClusterConnection';

/** The desired objects of one deployment (an app in an environment, a blueprint) on one cluster. */
export interface DesiredObjects {
  /** Unique within its namespace, a DNS label: `shop--dev`, `blueprint-golden`. */
  deployment: string;
  /** Namespace of its inventory; a namespace of Callboard's own when omitted. */
  namespace?: string;
  objects: KubeObject[];
  /** Whether objects applied before stay when they are not listed here. */
  keepsOthers?: boolean;
  /**
   * Fingerprints of objects, by `refKey`, that the caller knows to be in place
   * unchanged (from the last run and a watch since). They are not sent again,
   * and when everything is in place, nothing is sent at all.
   */
  appliedFingerprints?: Record<string, string>;
}

export interface ApplyOptions extends CallOptions {
  /**
   * `take-back` (default): fields of ours that were changed by hand are
   * reverted. `report`: they stay and are reported as refused.
   */
  drift?: 'take-back' | 'report';
}
