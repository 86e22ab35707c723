import {
  type BlueprintFile,
  type BlueprintRef,
  type ClusterFile,
  type ClusterSetFile,
  type Problem,
  blueprintOfCluster,
  blueprintRef,
} from '@callboard/plugin-callboard-common';
import { belongsToSet } from '../placement/belongsToSet';
import { matchesSelector } from '../placement/selectors';
import { assertNever } from '../rollout/assertNever';
import { describeRef } from './describeRef';

/** Kind of file that assigns a blueprint to a cluster. */
export type AssignedBy =
  | { kind: 'cluster' }
  | { kind: 'cluster-set'; name: string }
  | { kind: 'followers'; name: string; version: number };

/** The blueprint of a cluster, and the file that assigns it. */
export interface BlueprintAssignment {
  blueprint: BlueprintRef;
  by: AssignedBy;
}

/** Result of the files about the blueprint of a cluster. */
export interface Assigned {
  /** Absent where the cluster runs no blueprint. */
  assignment?: BlueprintAssignment;
  /** Two files contradict each other: `assignment` is the last valid one. */
  problem?: Problem;
}

/**
 * Returns the blueprint that a cluster runs. Pure. The cluster's own file takes
 * precedence, then those of its cluster sets, then the followers of blueprints.
 * Two files of the same precedence that contradict each other are a problem,
 * and the cluster keeps its previous assignment.
 *
 * @param cluster - with its effective labels
 * @param before - its last assignment
 * @param fileOf - the path of the assigning file, where it is known
 */
export function assignBlueprint(
  cluster: ClusterFile,
  {
    clusterSets,
    blueprints,
    before,
    fileOf = () => undefined,
  }: {
    clusterSets: readonly ClusterSetFile[];
    blueprints: readonly BlueprintFile[];
    before?: BlueprintAssignment;
    fileOf?(by: AssignedBy): string | undefined;
  },
): Assigned {
  const own = blueprintOfCluster(cluster);
  if (own) return { assignment: { blueprint: own, by: { kind: 'cluster' } } };
  for (const said of [
    bySets(cluster, clusterSets),
    byFollowers(cluster, blueprints),
  ]) {
    const [first, ...rest] = said;
    if (!first) continue;
    const other = rest.find(each => !isSame(each.blueprint, first.blueprint));
    if (!other) return { assignment: first };
    return {
      ...(before && { assignment: before }),
      problem: contradiction(cluster.metadata.name, {
        says: [first, other].map(({ blueprint, by }) => {
          const file = fileOf(by);
          return `${describeAssignedBy(by)}${
            file === undefined ? '' : ` (${file})`
          }: "${describeRef(blueprint)}"`;
        }),
        before,
      }),
    };
  }
  return {};
}

/** `its file`, `cluster set "shops"`, `followers of version 2 of blueprint "edge"`. */
export function describeAssignedBy(by: AssignedBy): string {
  switch (by.kind) {
    case 'cluster':
      return 'its file';
    case 'cluster-set':
      return `cluster set "${by.name}"`;
    case 'followers':
      return `followers of version ${by.version} of blueprint "${by.name}"`;
    default:
      return assertNever(by);
  }
}

function bySets(
  { metadata: { labels = {} }, spec }: ClusterFile,
  sets: readonly ClusterSetFile[],
): BlueprintAssignment[] {
  return sets
    .filter(
      set => set.metadata.name === spec.clusterSet || belongsToSet(labels, set),
    )
    .flatMap(({ metadata: { name }, spec: { blueprint } }) =>
      blueprint === undefined
        ? []
        : [
            {
              blueprint: blueprintRef(blueprint),
              by: { kind: 'cluster-set' as const, name },
            },
          ],
    )
    .sort((a, b) => (a.by.name < b.by.name ? -1 : 1));
}

function byFollowers(
  { metadata: { labels = {} } }: ClusterFile,
  files: readonly BlueprintFile[],
): BlueprintAssignment[] {
  return newestOf(files).flatMap(({ metadata: { name }, spec }) =>
    (spec.followers ?? [])
      .filter(({ clusterSelector }) => matchesSelector(clusterSelector, labels))
      .map(({ version, channel }) => ({
        blueprint: {
          name,
          ...(version !== undefined && { version }),
          ...(channel !== undefined && { channel }),
        },
        by: { kind: 'followers' as const, name, version: spec.version },
      })),
  );
}

/** Returns the highest version of each blueprint that is not a draft, by name. */
function newestOf(files: readonly BlueprintFile[]): BlueprintFile[] {
  const newest = new Map<string, BlueprintFile>();
  for (const file of files) {
    const known = newest.get(file.metadata.name);
    if (
      file.spec.state !== 'draft' &&
      (!known || known.spec.version < file.spec.version)
    )
      newest.set(file.metadata.name, file);
  }
  return [...newest.values()].sort((a, b) =>
    a.metadata.name < b.metadata.name ? -1 : 1,
  );
}

function isSame(a: BlueprintRef, b: BlueprintRef): boolean {
  return describeRef(a) === describeRef(b);
}

function contradiction(
  cluster: string,
  { says, before }: { says: string[]; before?: BlueprintAssignment },
): Problem {
  return {
    code: 'blueprint-assigned-twice',
    what: `Cannot tell which blueprint "${cluster}" runs`,
    why: `${says.join(', and ')}; ${
      before
        ? `it goes on with "${describeRef(before.blueprint)}"`
        : 'it runs none'
    }`,
    next: `Say "blueprint" in the file of "${cluster}", or take one of the two away`,
    transient: false,
  };
}
