import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  type ClusterFile,
  OBSERVED_ONLY_TAINT,
  type Problem,
  ProblemError,
} from '@callboard/plugin-callboard-common';
import type {
  ClusterSource,
  RegisteredCluster,
} from '@callboard/plugin-callboard-node';
import type { Knex } from 'knex';
import type { Platform } from '../../Platform';
import {
  type ClusterRecord,
  closeAgentProgress,
  closeCluster,
  closeDeployment,
  closeFailover,
  closeHandLabels,
  closeScheduling,
  forgetContact,
  deleteObservations,
  findClusters,
  findDeployments,
  findFailovers,
  lockBlueprints,
  saveCluster,
} from '../../store';
import { keepData } from '../delivery/keepData';
import {
  assignmentEntry,
  isSameSource,
  withAssignment,
} from '../blueprints/withAssignment';
import { readBlueprintFleet, wantBlueprint } from '../blueprints/wantBlueprint';
import { LEADER_LEASE } from '../LeaseKeeper';
import { type Consequences, record } from '../record';
import type { LeasedRecorder } from '../roles';

/** A cluster of a source, with its record. */
export interface KnownCluster {
  registered: RegisteredCluster;
  record: ClusterRecord;
}

/** Answers of all sources. */
export interface SourcesAnswer {
  clusters: Map<string, KnownCluster>;
  /** Why a source cannot be read, by its name. */
  faults: Map<string, Problem>;
}

/**
 * Lists the clusters of every source. Of two with the same name the one of the
 * first source counts. A source that cannot be read keeps the clusters that
 * were known of it before.
 *
 * @returns clusters by name
 */
export async function askSources(
  deps: {
    clusterSources: readonly ClusterSource[];
    platform: Platform;
    logger: LoggerService;
  },
  known: ReadonlyMap<string, KnownCluster> = new Map(),
): Promise<SourcesAnswer> {
  const clusters = new Map<string, KnownCluster>();
  const faults = new Map<string, Problem>();
  for (const source of deps.clusterSources) {
    try {
      for (const registered of await source.listClusters()) {
        const { name } = registered.file.metadata;
        if (clusters.has(name)) continue;
        clusters.set(name, {
          registered,
          record: toRecord(registered, source.name, deps),
        });
      }
    } catch (error) {
      faults.set(source.name, sourceUnreadable(source.name, error));
      deps.logger.error(
        `Cluster source "${source.name}" cannot be read`,
        error as Error,
      );
      for (const [name, cluster] of known)
        if (cluster.record.source === source.name && !clusters.has(name))
          clusters.set(name, cluster);
    }
  }
  return { clusters, faults };
}

/** The problem that people see on its clusters. The cause is quoted where it was written for people. */
function sourceUnreadable(source: string, error: unknown): Problem {
  const cause = error instanceof ProblemError ? error.problem : undefined;
  return {
    code: 'cluster-source-unreadable',
    what: `Cannot read ${source}, where this cluster is described`,
    why: cause?.why ?? 'it does not answer',
    next:
      cause?.next ??
      `Check ${source}; what it said last stays until it can be read again`,
    transient: true,
    ...(cause && { cause }),
  };
}

function toRecord(
  registered: RegisteredCluster,
  source: string,
  deps: { platform: Platform },
): ClusterRecord {
  const { name } = registered.file.metadata;
  return {
    name,
    source,
    connectionKind: registered.connectionKind,
    livenessDeadlineMs: registered.livenessDeadlineMs,
    file: withinRights(
      describedBy(
        deps.platform.clusterFiles?.find(
          ({ metadata }) => metadata.name === name,
        ),
        registered.file,
      ),
      registered.access,
    ),
  };
}

const OBSERVED_ONLY = {
  key: OBSERVED_ONLY_TAINT,
  effect: 'NoSelect',
} as const;

/** Keeps apps and blueprints away from a cluster that may only be read, whatever its files say. */
function withinRights(
  file: ClusterFile,
  access: RegisteredCluster['access'],
): ClusterFile {
  if (access !== 'observe') return file;
  const { blueprint: _, taints = [], ...spec } = file.spec;
  return { ...file, spec: { ...spec, taints: [...taints, OBSERVED_ONLY] } };
}

/** The platform's files take precedence over the source's description of a cluster. */
function describedBy(
  platform: ClusterFile | undefined,
  source: ClusterFile,
): ClusterFile {
  if (!platform) return source;
  return {
    ...source,
    metadata: {
      ...source.metadata,
      ...platform.metadata,
      labels: { ...source.metadata.labels, ...platform.metadata.labels },
    },
    spec: {
      ...source.spec,
      ...platform.spec,
      claims: { ...source.spec.claims, ...platform.spec.claims },
    },
  };
}

/** Records which clusters exist, and the desired blueprint of each. @returns true when anything changed */
export async function recordClusters(
  clusters: ReadonlyMap<string, KnownCluster>,
  { faults }: Pick<SourcesAnswer, 'faults'>,
  context: LeasedRecorder,
): Promise<boolean> {
  const { deps } = context;
  const at = deps.clock.now();
  return record(
    context,
    context.leases.prove(LEADER_LEASE),
    async (tx, consequences) => {
      let isChanged = false;
      await lockBlueprints(tx);
      const fleet = await readBlueprintFleet(tx, deps.platform);
      const before = new Map(
        (await findClusters(tx)).map(each => [each.name, each]),
      );
      for (const known of [...clusters.values()].sort((a, b) =>
        a.record.name < b.record.name ? -1 : 1,
      )) {
        const former = before.get(known.record.name);
        const cluster = withAssignment(known, former, deps.platform);
        const outcome = await saveCluster(tx, cluster, at);
        if (outcome !== 'same') {
          isChanged = true;
          noteChange(consequences, { cluster, former, at });
        }
        await wantBlueprint(tx, cluster, { consequences, fleet, at });
      }
      for (const { name, source } of before.values()) {
        if (clusters.has(name) || faults.has(source)) continue;
        await forgetCluster(tx, name, at);
        noteCluster(consequences, name, { action: 'cluster.removed', at });
        isChanged = true;
      }
      return isChanged;
    },
  );
}

/**
 * Writes one journal entry for the source's description of a cluster, and one
 * for the blueprint that other files assign to it.
 */
function noteChange(
  consequences: Consequences,
  {
    cluster,
    former,
    at,
  }: { cluster: ClusterRecord; former: ClusterRecord | undefined; at: Date },
): void {
  const { name } = cluster;
  if (!former)
    noteCluster(consequences, name, { action: 'cluster.registered', at });
  else if (!isSameSource(former, cluster))
    noteCluster(consequences, name, { action: 'cluster.changed', at });
  const entry = assignmentEntry(cluster, former);
  if (!entry) return;
  consequences.journal({ at, actor: 'system:fleet', cluster: name, ...entry });
  consequences.signal({ kind: 'cluster', name });
  consequences.signal({ kind: 'fleet' });
}

const WORDS = {
  'cluster.registered': 'was registered',
  'cluster.changed': 'changed in its source',
  'cluster.removed': 'is no longer registered',
};

function noteCluster(
  { journal, signal }: Consequences,
  cluster: string,
  { action, at }: { action: keyof typeof WORDS; at: Date },
): void {
  journal({
    at,
    actor: 'system:fleet',
    action,
    cluster,
    message: `Cluster ${cluster} ${WORDS[action]}`,
  });
  signal({ kind: 'cluster', name: cluster });
  signal({ kind: 'fleet' });
}

/** Publishes that the sources of clusters became unreadable, or readable again. */
export async function recordSourceFaults(
  faults: SourcesAnswer['faults'],
  context: LeasedRecorder,
): Promise<void> {
  const at = context.deps.clock.now();
  await record(
    context,
    context.leases.prove(LEADER_LEASE),
    async (tx, { journal, signal }) => {
      for (const [source, { why }] of faults)
        journal({
          at,
          actor: 'system:fleet',
          action: 'source.unreadable',
          message: `Cannot read ${source}; its clusters stay as it described them last`,
          why,
        });
      for (const { name } of await findClusters(tx))
        signal({ kind: 'cluster', name });
      signal({ kind: 'fleet' });
    },
  );
}

/** Closes the records of what ran on a cluster that is no longer reachable. */
async function forgetCluster(
  tx: Knex.Transaction,
  name: string,
  at: Date,
): Promise<void> {
  for (const { key, state } of await findDeployments(tx, { cluster: name })) {
    if (key.kind === 'app') await keepData(tx, { key, state }, { at });
    await closeDeployment(tx, key, at);
  }
  for (const failover of await findFailovers(tx, { cluster: name }))
    await closeFailover(tx, failover, at);
  await closeScheduling(tx, name, at);
  await closeHandLabels(tx, name, at);
  await deleteObservations(tx, name);
  await forgetContact(tx, name, at);
  await closeAgentProgress(tx, name, at);
  await closeCluster(tx, name, at);
}
