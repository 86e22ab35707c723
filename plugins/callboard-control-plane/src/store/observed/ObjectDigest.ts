import type { ObservedObject } from '@callboard/plugin-callboard-core';
import type { ResourceAmounts } from '@callboard/plugin-callboard-common';

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
}
