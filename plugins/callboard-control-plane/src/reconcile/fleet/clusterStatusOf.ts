import {
  type UptimeGap,
  findGapAt,
  findGaps,
  isBeingRead,
  judgeFreshness,
} from '@callboard/plugin-callboard-core';
import type { Freshness, Problem } from '@callboard/plugin-callboard-common';
import type { Knex } from 'knex';
import {
  type ClusterRecord,
  findClusters,
  findContacts,
  findHeartbeats,
  findRuns,
  HEARTBEAT_DELAY_MS,
  READ_ALWAYS,
  type Reads,
} from '../../store';
import type { Fleet } from './Fleet';

/** Freshness of a cluster, with the reasons for it. */
export interface ClusterStatus {
  freshness: Freshness;
  observedAt?: Date;
  /** This process started a moment ago and has not been in contact with the cluster yet. */
  isReading?: boolean;
  /** Since when it has been in this state. */
  since?: Date;
  /** While it is lost: since when Callboard listens without an answer, never earlier than the start of this process. */
  silentSince?: Date;
  roundTripMs?: number;
  problem?: Problem;
}

const NEVER_SEEN: ClusterStatus = { freshness: 'stale' };

interface RecordAtInstant {
  deps: { knex: Knex; clock: { now(): Date } };
}

/**
 * Returns the status of each cluster now, or at an instant.
 *
 * Clusters this process works on: from memory, heartbeat by heartbeat. Those of
 * another process: from the heartbeats that it saves, so that a process that
 * died keeps no cluster live. In the past: from the database.
 */
export async function clusterStatusOf(
  context: RecordAtInstant & { fleet: Fleet },
  at?: Date,
): Promise<(cluster: string) => ClusterStatus> {
  const now = at ?? context.deps.clock.now();
  const records = await readClusterStatusRecords(context.deps.knex, at);
  const gap = at && (await readGapAt(at, context));
  return clusterStatusFrom(records, { fleet: context.fleet, now, at, gap });
}

/** Returns the period without records in which an instant lies. */
export async function readGapAt(
  at: Date,
  { deps: { knex, clock } }: RecordAtInstant,
): Promise<UptimeGap | undefined> {
  const runs = await findRuns(knex, { from: at, to: at });
  return findGapAt(findGaps(runs, clock.now()), at);
}

/** Records from which the status of clusters is computed. */
export interface ClusterStatusRecords {
  contacts: Awaited<ReturnType<typeof findContacts>>;
  heartbeats: Awaited<ReturnType<typeof findHeartbeats>>;
  clusters: ReadonlyMap<string, ClusterRecord>;
}

/** Reads the current records, or those at an instant. */
export async function readClusterStatusRecords(
  knex: Knex,
  at?: Date,
  reads: Reads = READ_ALWAYS,
): Promise<ClusterStatusRecords> {
  return {
    contacts: await reads.read('contacts', ['cluster_contacts'], () =>
      findContacts(knex, at),
    ),
    heartbeats: at ? new Map() : await findHeartbeats(knex),
    clusters: await reads.read('clusters', ['cluster_labels', 'clusters'], () =>
      findClusters(knex, at).then(
        found => new Map(found.map(cluster => [cluster.name, cluster])),
      ),
    ),
  };
}

/** As {@link clusterStatusOf}, from records that were read before. */
export function clusterStatusFrom(
  { contacts, heartbeats, clusters }: ClusterStatusRecords,
  {
    fleet,
    now,
    at,
    gap,
  }: { fleet: Fleet; now: Date; at?: Date; gap?: UptimeGap },
): (cluster: string) => ClusterStatus {
  /** Missing contact right after a start says nothing of the cluster. */
  const isReading = (name: string, status: ClusterStatus): boolean => {
    const cluster = clusters.get(name);
    if (at || !cluster || status.freshness === 'live') return false;
    return isBeingRead(
      {
        observedAt: status.observedAt,
        startedAt: fleet.startedAt,
        // An agent connects by itself: until then a failure says nothing of its cluster.
        hasFailed:
          cluster.connectionKind !== 'agent' &&
          fleet.get(name)?.problem !== undefined,
        deadlineMs: cluster.livenessDeadlineMs,
      },
      now,
    );
  };

  const status = (name: string): ClusterStatus => {
    const contact = contacts.get(name);
    const managed = at ? undefined : fleet.get(name);
    const deadlineMs = clusters.get(name)?.livenessDeadlineMs ?? 0;
    if (managed) {
      const observedAt = managed.lastSeenAt;
      return {
        freshness: judgeFreshness(
          { observedAt, connected: contact?.state !== 'lost', deadlineMs },
          now,
        ),
        ...(observedAt && { observedAt }),
        ...(contact && { since: contact.since }),
        ...(contact?.state === 'lost' && {
          silentSince: latest(contact.since, managed.silentSince),
        }),
        ...(managed.roundTripMs !== undefined && {
          roundTripMs: managed.roundTripMs,
        }),
        ...(managed.problem && { problem: managed.problem }),
      };
    }
    if (!contact) return NEVER_SEEN;
    // Contact was not lost, or was recorded as lost after a start: no portal was running to
    // have any.
    if (gap && (contact.state === 'live' || contact.since > gap.from))
      return {
        freshness: 'stale',
        observedAt: gap.from,
        since: contact.since,
      };
    if (contact.state === 'lost') {
      const { since, lastSeenAt: observedAt, problem } = contact;
      return {
        freshness: 'unreachable',
        since,
        silentSince: latest(since, at ?? fleet.startedAt),
        ...(observedAt && { observedAt }),
        ...(problem && { problem }),
      };
    }
    if (at) return { freshness: 'live', observedAt: now, since: contact.since };
    const observedAt = heartbeats.get(name);
    return {
      freshness: judgeFreshness(
        {
          observedAt,
          connected: true,
          deadlineMs: deadlineMs + HEARTBEAT_DELAY_MS,
        },
        now,
      ),
      since: contact.since,
      ...(observedAt && { observedAt }),
    };
  };

  /** What runs there is observed, but labels, claims and taints are as last reported by the source. */
  const withSource = (name: string, seen: ClusterStatus): ClusterStatus => {
    const source = at ? undefined : clusters.get(name)?.source;
    const problem =
      source === undefined ? undefined : fleet.sourceFault(source);
    if (!problem) return seen;
    return seen.freshness === 'live'
      ? { ...seen, freshness: 'stale', problem }
      : { ...seen, problem: seen.problem ?? problem };
  };

  return name => {
    const seen = withSource(name, status(name));
    return isReading(name, seen) ? { ...seen, isReading: true } : seen;
  };
}

/** No process was listening before that: earlier silence says nothing of the cluster. */
function latest(a: Date, b: Date): Date {
  return a > b ? a : b;
}
