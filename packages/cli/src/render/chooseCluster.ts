import {
  type ClusterFile,
  type PlatformFile,
  filesOfKind,
} from '@callboard/plugin-callboard-common';
import { assignedClusters } from '../place/assignedClusters';
import type { Checked } from '../check/readFiles';
import { type Io, UsageError } from '../Io';

/** Whether `--cluster` names a file, rather than a cluster of another file. */
export function isClusterFile(given: string, io: Pick<Io, 'hasFile'>): boolean {
  return given === '-' || io.hasFile(given);
}

/**
 * The cluster that is meant.
 *
 * @param given - a file that holds it, or its name; the only one where omitted, any where there is none
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

/** With the blueprint that other files say it runs, where its own says nothing. */
function withAssigned(
  cluster: ClusterFile,
  files: readonly PlatformFile[],
): ClusterFile {
  const others = files.filter(({ kind }) => kind !== 'Cluster');
  return assignedClusters([...others, cluster])[0];
}
