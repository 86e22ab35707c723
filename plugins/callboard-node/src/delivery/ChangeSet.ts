import type {
  KubeObject,
  KubeRef,
  Problem,
} from '@callboard/plugin-callboard-common';

/** A field that another manager had changed and that Callboard owns again. */
export interface TakenField {
  /** Path as Kubernetes writes it: `.spec.replicas`. */
  field: string;
  manager: string;
}

/** The result for one object. */
export type Change =
  | { action: 'created' | 'unchanged'; ref: KubeRef }
  | { action: 'configured'; ref: KubeRef; tookOver: TakenField[] }
  | { action: 'pruned'; ref: KubeRef }
  /**
   * A conflict over fields is `object-conflict`; `namespace-terminating` and
   * all transient problems resolve without action.
   */
  | { action: 'refused'; ref: KubeRef; problem: Problem };

/** The results of applying or removing a deployment, per object, in the order of execution. */
export interface ChangeSet {
  changes: Change[];
  /**
   * True when the cluster holds exactly the desired objects of the deployment
   * and none beyond them. False: fix what was refused and run it again
   * (level-based).
   */
  complete: boolean;
  /** Fingerprints of applied objects, by `refKey`; pass them to the next run. Refused objects are left out. */
  fingerprints: Record<string, string>;
  /** Objects as the cluster returned them, by `refKey`, without `managedFields`; skipped objects are left out. */
  objects: Record<string, KubeObject>;
  /** Resources whose data was kept when everything else was removed, by the names of their objects. */
  kept?: string[];
}
