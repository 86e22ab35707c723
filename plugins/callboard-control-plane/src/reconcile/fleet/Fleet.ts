import { judgeFreshness } from '@callboard/plugin-callboard-core';
import type {
  Freshness,
  KubeObject,
  Problem,
} from '@callboard/plugin-callboard-common';
import type { ClusterConnection } from '@callboard/plugin-callboard-node';
import {
  type ClusterContact,
  type ClusterRecord,
  type DeploymentKey,
  subjectOf,
} from '../../store';
import type { ObservedObjects } from './ObservedObjects';
import { DriftCorrectionBackoff } from './DriftCorrectionBackoff';
import { Semaphore } from './Semaphore';

const MOST_LOG_STREAMS = 60;

/** Whether a cluster can refuse what others change, and as whom it knows Callboard. */
export type BlockSupport =
  | { kind: 'blocks'; platformUser: string }
  | { kind: 'cannot' };

/** A cluster this process works on: the connection, and what is seen through it. Lives in memory only. */
export class ManagedCluster {
  /** False until everything was seen once: what is missing then is only not seen yet. */
  isWatching = false;
  lastSeenAt?: Date;
  roundTripMs?: number;
  /** Why the last look failed, while it does. */
  problem?: Problem;
  /** Since when this process listens, or noted that nothing answers. */
  silentSince: Date;
  /** What the record says of the contact. */
  contact?: ClusterContact;
  /** Whether it can refuse what others change; not known before it was asked. */
  blockSupport?: BlockSupport;
  /** How often what somebody else changed was reverted. */
  readonly restores = new DriftCorrectionBackoff();
  /** Output that people follow there now: a server takes only so many requests at once on a connection. */
  readonly logStreams = new Semaphore(MOST_LOG_STREAMS);
  /** Of what summary each deployment was diagnosed last, and when. */
  readonly diagnosed = new Map<string, { summary: string; at: Date }>();
  #onExpect: (objects: readonly KubeObject[]) => void = () => {};
  readonly #progress = new Map<string, { fingerprint: string; since: Date }>();

  constructor(
    public record: ClusterRecord,
    readonly connection: ClusterConnection,
    readonly observed: ObservedObjects,
    startedAt: Date,
  ) {
    this.silentSince = startedAt;
  }

  /** Calls back with objects that are wanted from now on: their kinds are to be watched. */
  onExpect(listener: (objects: readonly KubeObject[]) => void): void {
    this.#onExpect = listener;
  }

  /** Says what is wanted of a deployment from now on: what differs from it is drift. */
  expect(deployment: string, objects: readonly KubeObject[]): void {
    this.observed.expect(deployment, objects);
    this.#onExpect(objects);
  }

  /** Since when it is tried to get what is wanted now, as far as this process knows. */
  progressingSince(key: DeploymentKey, fingerprint: string, now: Date): Date {
    const known = this.#progress.get(subjectOf(key));
    if (known?.fingerprint === fingerprint) return known.since;
    this.#progress.set(subjectOf(key), { fingerprint, since: now });
    return now;
  }
}

/** Clusters this process works on. Those of other processes are known from the record alone. */
export class Fleet {
  readonly #clusters = new Map<string, ManagedCluster>();
  /** Why sources of clusters cannot be read, by their names. */
  #sourceFaults: ReadonlyMap<string, Problem> = new Map();

  /** @param startedAt - since when this process looks at clusters at all */
  constructor(readonly startedAt: Date) {}

  get(name: string): ManagedCluster | undefined {
    return this.#clusters.get(name);
  }

  put(cluster: ManagedCluster): void {
    this.#clusters.set(cluster.record.name, cluster);
  }

  drop(name: string): void {
    this.#clusters.delete(name);
  }

  /** Why a source cannot be read: what it said of its clusters may have changed since. */
  sourceFault(source: string): Problem | undefined {
    return this.#sourceFaults.get(source);
  }

  /** @returns whether that is news */
  noteSourceFaults(faults: ReadonlyMap<string, Problem>): boolean {
    const before = JSON.stringify([...this.#sourceFaults]);
    this.#sourceFaults = faults;
    return JSON.stringify([...faults]) !== before;
  }
}

/** How well a cluster at work is known. */
export function freshnessOf(cluster: ManagedCluster, now: Date): Freshness {
  return judgeFreshness(
    {
      observedAt: cluster.lastSeenAt,
      connected: cluster.contact?.state !== 'lost',
      deadlineMs: cluster.record.livenessDeadlineMs,
    },
    now,
  );
}
