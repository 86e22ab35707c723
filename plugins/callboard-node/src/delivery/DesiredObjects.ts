import type { KubeObject } from '@callboard/plugin-callboard-common';
import type { CallOptions } from '../clusters/ClusterConnection';

/** All that one deployment (an app in an environment, a blueprint) wants on one cluster. */
export interface DesiredObjects {
  /** Unique within its namespace, a DNS label: `shop--dev`, `blueprint-golden`. */
  deployment: string;
  /** Where its inventory lives; a namespace of Callboard's own when omitted. */
  namespace?: string;
  objects: KubeObject[];
  /** True where what was applied before stays, though it is not listed here. */
  keepsOthers?: boolean;
  /**
   * By `refKey`: fingerprints of objects that the caller knows to be in place
   * unchanged (from the last run and a watch since). They are not sent again,
   * and when everything is in place, nothing is sent at all.
   */
  appliedFingerprints?: Record<string, string>;
}

export interface ApplyOptions extends CallOptions {
  /** `take-back` (default): fields of ours that were changed by hand are ours again. `report`: they stay and are refusals. */
  drift?: 'take-back' | 'report';
}
