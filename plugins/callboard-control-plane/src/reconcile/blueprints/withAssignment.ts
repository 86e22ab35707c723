import { blueprintOfCluster } from '@callboard/plugin-callboard-common';
import {
  type AssignedBy,
  type BlueprintAssignment,
  assignBlueprint,
  canonicalJson,
  describeAssignedBy,
  describeRef,
} from '@callboard/plugin-callboard-core';
import type { RegisteredCluster } from '@callboard/plugin-callboard-node';
import type { Platform } from '../../Platform';
import type { ClusterRecord, JournalDraft } from '../../store';

const OWN_FILE: AssignedBy = { kind: 'cluster' };

/**
 * Returns a cluster of a source with the blueprint that files assign to it.
 *
 * @param former - as recorded, with the labels that were set by hand
 */
export function withAssignment(
  {
    record,
    registered,
  }: { record: ClusterRecord; registered: Pick<RegisteredCluster, 'access'> },
  former: ClusterRecord | undefined,
  {
    blueprints,
    clusterSets = [],
  }: Pick<Platform, 'blueprints' | 'clusterSets'>,
): ClusterRecord {
  if (registered.access === 'observe') return record; // Callboard writes nothing there
  const { file } = record;
  const labels = { ...file.metadata.labels, ...former?.handLabels?.labels };
  const { assignment, problem } = assignBlueprint(
    { ...file, metadata: { ...file.metadata, labels } },
    {
      clusterSets,
      blueprints,
      before: former && assignmentOf(former),
    },
  );
  const by = assignment?.by.kind === 'cluster' ? undefined : assignment?.by;
  return {
    ...record,
    file: {
      ...file,
      spec: {
        ...file.spec,
        ...(assignment && { blueprint: assignment.blueprint }),
      },
    },
    ...((by || problem) && {
      assignment: {
        ...(by && { by }),
        ...(problem && { problem }),
      },
    }),
  };
}

/** Returns clusters of sources with the blueprints that were assigned to them, as recorded. */
export function withRecorded<T extends { record: ClusterRecord }>(
  sources: ReadonlyMap<string, T>,
  recorded: readonly ClusterRecord[],
): Map<string, T> {
  const byName = new Map(recorded.map(each => [each.name, each]));
  return new Map(
    [...sources].map(([name, known]) => {
      const { record } = known;
      const { file, assignment } = byName.get(name) ?? record;
      const { blueprint } = file.spec;
      if (!assignment || blueprint === undefined) return [name, known];
      return [
        name,
        {
          ...known,
          record: {
            ...record,
            assignment,
            file: { ...record.file, spec: { ...record.file.spec, blueprint } },
          },
        },
      ];
    }),
  );
}

/** Returns which blueprint a recorded cluster runs, and by which file. */
function assignmentOf(cluster: ClusterRecord): BlueprintAssignment | undefined {
  const blueprint = blueprintOfCluster(cluster.file);
  return blueprint && { blueprint, by: cluster.assignment?.by ?? OWN_FILE };
}

/** Whether the source describes a cluster in the same way, whatever other files assign to it. */
export function isSameSource(a: ClusterRecord, b: ClusterRecord): boolean {
  return ofSource(a) === ofSource(b);
}

/** Returns the journal entry for a changed assignment; none for what the cluster's own file says. */
export function assignmentEntry(
  cluster: ClusterRecord,
  former: ClusterRecord | undefined,
): Pick<JournalDraft, 'action' | 'message' | 'before' | 'after'> | undefined {
  const was = former && describe(former);
  const is = describe(cluster);
  const isOthers = [cluster, former].some(each => each?.assignment);
  if (!isOthers || was === is) return undefined;
  return {
    action: 'cluster.blueprint-assigned',
    message: `Cluster ${cluster.name} ${is}`,
    ...(was !== undefined && { before: { says: was } }),
    after: { says: is },
  };
}

function describe(cluster: ClusterRecord): string {
  const { problem } = cluster.assignment ?? {};
  if (problem) return `has no clear blueprint: ${problem.why}`;
  const assigned = assignmentOf(cluster);
  return assigned
    ? `runs blueprint ${describeRef(
        assigned.blueprint,
      )}, by ${describeAssignedBy(assigned.by)}`
    : 'runs no blueprint';
}

function ofSource({
  name,
  source,
  connectionKind,
  livenessDeadlineMs,
  file: { metadata, spec },
  assignment,
  handLabels,
}: ClusterRecord): string {
  const { blueprint, ...others } = spec;
  return canonicalJson({
    name,
    source,
    connectionKind,
    livenessDeadlineMs,
    metadata: {
      ...metadata,
      labels: handLabels?.ofSource ?? metadata.labels ?? {},
    },
    spec: assignment ? others : spec,
  });
}
