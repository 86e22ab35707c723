import type {
  KubeObject,
  KubeRef,
  Problem,
} from '@callboard/plugin-callboard-common';

/** A field that somebody else had changed and that is ours again. */
export interface TakenField {
  /** As Kubernetes writes it: `.spec.replicas`. */
  field: string;
  manager: string;
}

/** What became of one object. */
export type Change =
  | { action: 'created' | 'unchanged'; ref: KubeRef }
  | { action: 'configured'; ref: KubeRef; tookOver: TakenField[] }
  | { action: 'pruned'; ref: KubeRef }
  /** A conflict over fields is `object-conflict`; `namespace-terminating` and all transient ones pass by themselves. */
  | { action: 'refused'; ref: KubeRef; problem: Problem };

/** What applying or removing a deployment did, object by object, in the order it was done. */
export interface ChangeSet {
  changes: Change[];
  /**
   * True when the cluster now holds exactly what was wanted and nothing of ours
   * beside it. False: run it again (level-based), after mending what was refused.
   */
  complete: boolean;
  /** By `refKey`: what was applied; give it to the next run. Refused objects are not in it. */
  fingerprints: Record<string, string>;
  /** By `refKey`: objects as the cluster answered, without `managedFields`; not those that were skipped. */
  objects: Record<string, KubeObject>;
  /** Resources whose data was left when all else was removed, by the names of their objects. */
  kept?: string[];
}
