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

/** Whether a cluster can refuse other clients' changes, and Callboard's user on it. */
export type BlockSupport =
  | { kind: 'blocks'; platformUser: string }
  | { kind: 'cannot' };

/** A cluster that this process works on: the connection, and what is observed through it. In memory only. */
export class ManagedCluster {
  /** False until everything was listed once: what is missing before that was only not listed yet. */
  isWatching = false;
  lastSeenAt?: Date;
  roundTripMs?: number;
  /** Why the last request failed, while requests fail. */
  problem?: Problem;
  /** Since when this process watches, or recorded the loss of contact. */
  silentSince: Date;
  /** The contact as recorded. */
  contact?: ClusterContact;
  /** Whether it can refuse other clients' changes; not known before it was asked. */
  blockSupport?: BlockSupport;
  /** Limits how often other clients' changes are reverted. */
  readonly restores = new DriftCorrectionBackoff();
  /** Logs that people follow there now: a server accepts only so many concurrent requests on a connection. */
  readonly logStreams = new Semaphore(MOST_LOG_STREAMS);
  /** Summary and time of the last diagnosis of each deployment. */
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

  /** Calls the listener with objects that are desired from now on: their kinds are to be watched. */
  onExpect(listener: (objects: readonly KubeObject[]) => void): void {
    this.#onExpect = listener;
  }

  /** Sets the desired objects of a deployment: differences from them are drift. */
  expect(deployment: string, objects: readonly KubeObject[]): void {
    this.observed.expect(deployment, objects);
    this.#onExpect(objects);
  }

  /** Returns since when the desired state is being applied, as far as this process knows. */
  progressingSince(key: DeploymentKey, fingerprint: string, now: Date): Date {
    const known = this.#progress.get(subjectOf(key));
    if (known?.fingerprint === fingerprint) return known.since;
    this.#progress.set(subjectOf(key), { fingerprint, since: now });
    return now;
  }
}

/** Clusters that this process works on. Those of other processes are known from the database only. */
export class Fleet {
  readonly #clusters = new Map<string, ManagedCluster>();
  /** Why sources of clusters cannot be read, by their names. */
  #sourceFaults: ReadonlyMap<string, Problem> = new Map();

  /**
   * @param startedAt - since when this process watches any cluster
   */
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

  /** Why a source cannot be read: its descriptions of clusters may have changed since. */
  sourceFault(source: string): Problem | undefined {
    return this.#sourceFaults.get(source);
  }

  /**
   * @returns whether the faults changed
   */
  noteSourceFaults(faults: ReadonlyMap<string, Problem>): boolean {
    const before = JSON.stringify([...this.#sourceFaults]);
    this.#sourceFaults = faults;
    return JSON.stringify([...faults]) !== before;
  }
}

/** Returns the freshness of a cluster that this process works on. */
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
