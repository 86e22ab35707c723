import {
  type ClusterFile,
  type PlatformFile,
  filesOfKind,
} from '@callboard/plugin-callboard-common';
import { assignedClusters } from '../place/assignedClusters';
import type { Checked } from '../check/readFiles';
import { type Io, UsageError } from '../Io';

/** Whether `--cluster` names a file, rather than a cluster in another file. */
export function isClusterFile(given: string, io: Pick<Io, 'hasFile'>): boolean {
  return given === '-' || io.hasFile(given);
}

/**
 * Finds the cluster of `--cluster`.
 *
 * @param given - a file that holds it, or its name; when omitted, the only
 *   cluster, or any when there is none
 */
export function chooseCluster(
  checked: readonly Checked[],
  given: string | undefined,
  io: Pick<Io, 'hasFile'>,
): ClusterFile | undefined {
  const file = given === '-' ? 'standard input' : given;
  const isFile = given !== undefined && isClusterFile(given, io);
  const clusters = checked
    .filter(each => !isFile || each.file === file)
    .flatMap(clustersOf)
    .filter(
      each => given === undefined || isFile || each.metadata.name === given,
    );
  const names = checked
    .flatMap(clustersOf)
    .map(({ metadata }) => metadata.name)
    .sort();
  if (clusters.length > 1)
    throw new UsageError(
      `Say which cluster with --cluster: ${names.join(', ')}`,
    );
  if (given !== undefined && clusters.length === 0)
    throw new UsageError(
      isFile
        ? `${file} holds no Cluster`
        : `There is no file or cluster "${given}"${
            names.length === 0 ? '' : `; given are ${names.join(', ')}`
          }`,
    );
  const [chosen] = clusters;
  return (
    chosen &&
    withAssigned(
      chosen,
      checked.flatMap(({ verdict }) =>
        verdict.kind === 'platform' ? verdict.files : [],
      ),
    )
  );
}

function clustersOf({ verdict }: Checked): ClusterFile[] {
  return verdict.kind === 'platform'
    ? filesOfKind(verdict.files, 'Cluster')
    : [];
}

/** Adds the blueprint that other files assign, when the cluster's own file names none. */
function withAssigned(
  cluster: ClusterFile,
  files: readonly PlatformFile[],
): ClusterFile {
  const others = files.filter(({ kind }) => kind !== 'Cluster');
  return assignedClusters([...others, cluster])[0];
}
