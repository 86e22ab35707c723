import type {
  KubeObject,
  KubeRef,
  Problem,
} from '@callboard/plugin-callboard-common';
import type { KindRef, ServerVersion } from '@callboard/plugin-callboard-node';

/** A kind to watch. Its own selector replaces the common one; `''` selects everything. */
export interface WatchedKind extends KindRef {
  labelSelector?: string;
  /** Always begins with a list. For kinds whose state is not stored, and for a second watch of one kind. */
  neverResumes?: true;
  /** The cluster counts as alive even when this watch fails. */
  isOptional?: true;
  /** The same, but only while it is refused: a watch that stalls still makes the cluster silent. */
  mayBeRefused?: true;
}

/**
 * A change on the cluster. Events of one object come in the order of the
 * changes there, one at a time; the next one waits until the handler is done.
 * After a restart the last ones may be repeated.
 */
export type ClusterEvent =
  /** The object exists in this state: new or changed. */
  | { type: 'present'; kind: WatchedKind; object: KubeObject }
  /** The object with this uid is gone. `object` is its last state, where the cluster reported it. */
  | {
      type: 'absent';
      kind: WatchedKind;
      ref: KubeRef;
      uid: string;
      object?: KubeObject;
    };

/** Everything up to here was reported: store it and resume there. */
export interface SyncPoint {
  kind: WatchedKind;
  resourceVersion: string;
}

/** Result of a liveness check at `at`. */
export type Liveness =
  /** The API server responds and every watch is in sync with it. */
  | { kind: 'alive'; at: Date; roundTripMs: number; version: ServerVersion }
  /** The state of the cluster is unknown; the problem gives the reason. */
  | { kind: 'silent'; at: Date; problem: Problem };

/** An object that the caller believes to exist; it is reported absent if it is missing. */
export interface KnownObject {
  uid: string;
  ref: KubeRef;
}

export interface WatchClusterOptions {
  kinds: WatchedKind[];
  /** For kinds without a selector of their own. */
  labelSelector?: string;
  /** By `kindKey`: the last sync point. Kinds without one are listed. */
  resumeFrom: Record<string, string>;
  /**
   * Returns the caller's stored objects; called once per kind. Without it
   * deletions from before the start are missed.
   */
  listKnown?(kind: WatchedKind): Promise<KnownObject[]>;
  /** After a thrown error the event is repeated; no event is skipped. */
  onEvent(event: ClusterEvent): Promise<void> | void;
  onSync(point: SyncPoint): Promise<void> | void;
  onLiveness(liveness: Liveness): void;
  /** Called with an error that a handler threw. */
  onFault?(fault: { kind: KindRef; error: unknown }): void;
  /** A cluster without proof of life for this long is silent. */
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
