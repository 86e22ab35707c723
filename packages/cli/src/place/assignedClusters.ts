import {
  type ClusterFile,
  type PlatformFile,
  filesOfKind,
} from '@callboard/plugin-callboard-common';
import { assignBlueprint } from '@callboard/plugin-callboard-core';

/** Our own clusters, each with the blueprint that its file, its cluster set or the followers of a blueprint assign. */
export function assignedClusters(
  files: readonly PlatformFile[],
): ClusterFile[] {
  const blueprints = filesOfKind(files, 'Blueprint');
  const clusterSets = filesOfKind(files, 'ClusterSet');
  return filesOfKind(files, 'Cluster').map(file => {
    const { assignment } = assignBlueprint(file, { blueprints, clusterSets });
    return assignment
      ? { ...file, spec: { ...file.spec, blueprint: assignment.blueprint } }
      : file;
  });
}
