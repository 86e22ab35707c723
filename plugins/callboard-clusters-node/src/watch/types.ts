import type {
  KubeObject,
  KubeRef,
  Problem,
} from '@callboard/plugin-callboard-common';
import type { KindRef, ServerVersion } from '@callboard/plugin-callboard-node';

/** A kind to watch. Its own selector, where given, stands instead of the common one; `''` selects everything. */
export interface WatchedKind extends KindRef {
  labelSelector?: string;
  /** Always begins with a list. For what nobody keeps, and for a second watch of one kind. */
  neverResumes?: true;
  /** A cluster that refuses it counts as alive all the same. */
  isOptional?: true;
  /** The same, but only while it is refused: one that stands still is not believed. */
  mayBeRefused?: true;
}

/**
 * What is on the cluster. Events of one object come in the order they happened
 * there, one at a time; the next one waits until the handler is done. After a
 * restart the last ones may come again.
 */
export type ClusterEvent =
  /** The object is there as it stands here: new or changed. */
  | { type: 'present'; kind: WatchedKind; object: KubeObject }
  /** The object with this uid is gone. `object` is its last state, where the cluster told it. */
  | {
      type: 'absent';
      kind: WatchedKind;
      ref: KubeRef;
      uid: string;
      object?: KubeObject;
    };

/** Everything up to here was handed over: store it and resume there. */
export interface SyncPoint {
  kind: WatchedKind;
  resourceVersion: string;
}

/** Proof of life, or of its absence, as of `at`. */
export type Liveness =
  /** The API server answers and every watch is in step with it. */
  | { kind: 'alive'; at: Date; roundTripMs: number; version: ServerVersion }
  /** Nothing can be said of the cluster any more; the problem says why. */
  | { kind: 'silent'; at: Date; problem: Problem };

/** What the caller still believes to be on the cluster; found missing, it is reported absent. */
export interface KnownObject {
  uid: string;
  ref: KubeRef;
}

export interface WatchClusterOptions {
  kinds: WatchedKind[];
  /** For kinds without one of their own. */
  labelSelector?: string;
  /** By `kindKey`: where the last sync point was. Kinds without one are listed. */
  resumeFrom: Record<string, string>;
  /** Objects the caller has on record; asked once per kind. Without it deletions from before the start are not seen. */
  listKnown?(kind: WatchedKind): Promise<KnownObject[]>;
  /** A thrown error makes the event come again; nothing is skipped. */
  onEvent(event: ClusterEvent): Promise<void> | void;
  onSync(point: SyncPoint): Promise<void> | void;
  onLiveness(liveness: Liveness): void;
  /** An error that a handler threw. */
  onFault?(fault: { kind: KindRef; error: unknown }): void;
  /** A cluster that proved nothing for so long is silent. */
  silenceMs: number;
  /** Longest pause between attempts; 10 s when omitted. */
  maxBackOffMs?: number;
  /** In [0, 1). Spreads the attempts of many clusters. */
  random?: () => number;
  now?: () => Date;
}

/** `apps/v1/Deployment`. */
export function kindKey(kind: KindRef): string {
  return `${kind.apiVersion}/${kind.kind}`;
}
