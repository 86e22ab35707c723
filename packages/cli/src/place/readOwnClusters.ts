import {
  type BlueprintFile,
  type BlueprintRef,
  type ClusterFacts,
  type ClusterFile,
  type ClusterSetFile,
  type PlatformFile,
  blueprintRef,
  filesOfKind,
} from '@callboard/plugin-callboard-common';
import {
  belongsToSet,
  resolveBlueprint,
} from '@callboard/plugin-callboard-core';
import { assignedClusters } from './assignedClusters';
import type { Document } from '../documents/Document';
import { UsageError } from '../Io';
import { describe, readPlatformFiles } from './readOwnFiles';

/** Reads our own clusters with their blueprints and cluster sets. All count as live: files hold no status. */
export function readOwnClusters(
  documents: readonly Document[],
): ClusterFacts[] {
  return clusterFactsOf(readPlatformFiles(documents));
}

/** Facts of the clusters in platform files that are read already. */
export function clusterFactsOf(files: readonly PlatformFile[]): ClusterFacts[] {
  const blueprints = filesOfKind(files, 'Blueprint');
  const sets = filesOfKind(files, 'ClusterSet');
  return assignedClusters(files).map(file => factsOf(file, blueprints, sets));
}

function factsOf(
  { metadata, spec }: ClusterFile,
  blueprints: BlueprintFile[],
  sets: ClusterSetFile[],
): ClusterFacts {
  const { name, labels = {} } = metadata;
  return {
    name,
    labels,
    claims: spec.claims ?? {},
    clusterSets: [
      ...(spec.clusterSet === undefined ? [] : [spec.clusterSet]),
      ...sets
        .filter(set => belongsToSet(labels, set))
        .map(set => set.metadata.name),
    ],
    taints: spec.taints ?? [],
    freshness: 'live',
    ...(spec.blueprint !== undefined && {
      blueprint: readBlueprint(spec.blueprint, blueprints),
    }),
  };
}

/** Reads a blueprint with those that it inherits from, as far as their files are given. */
function readBlueprint(
  written: string | BlueprintRef,
  blueprints: BlueprintFile[],
): ClusterFacts['blueprint'] {
  const ref = blueprintRef(written);
  const { name } = ref;
  const file = blueprints.find(({ metadata }) => metadata.name === name);
  if (file === undefined)
    return {
      name,
      version: ref.version ?? 1,
      state: 'active',
      inherits: [],
    };
  const resolved = resolveBlueprint(blueprints, ref);
  if (!resolved.ok) throw new UsageError(describe(resolved.problem));
  const { version, state, inherits } = resolved.value;
  return { name, version, state, inherits };
}
