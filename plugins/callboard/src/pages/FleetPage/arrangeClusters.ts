import type { Cluster } from '@callboard/plugin-callboard-common';
import {
  clusterConcerns,
  clusterNeedsAttention,
  clusterUrgency,
  countApps,
} from '@callboard/plugin-callboard-core';
import type { RowSort } from '../RowTableProps';

export type ClusterFilter = 'all' | 'attention' | 'kept' | 'drifted';

/** Sort key of each column. */
const KEYS = {
  cluster: ({ name }: Cluster) => name,
  health: clusterUrgency,
  place: ({ labels, claims }: Cluster) => labels.region ?? claims.region ?? '',
  blueprint: ({ blueprint }: Cluster) =>
    blueprint ? `${blueprint.name} ${blueprint.version}` : '',
  apps: ({ apps }: Cluster) => countApps(apps),
  capacity: ({ capacity, requested }: Cluster) =>
    capacity ? capacity.cpuMillicores - (requested?.cpuMillicores ?? 0) : -1,
  seen: ({ observedAt }: Cluster) =>
    observedAt === null ? 0 : Date.parse(observedAt),
} satisfies Record<string, (cluster: Cluster) => string | number>;

type SortColumn = keyof typeof KEYS;

/** Parses the sort column, with `-` before it for descending; empty: those that need attention first. */
export function readSort(text: string): RowSort | undefined {
  const column = text.replace(/^-/, '');
  if (!(column in KEYS)) return undefined;
  return {
    column,
    direction: text.startsWith('-') ? 'descending' : 'ascending',
  };
}

export function writeSort({ column, direction }: RowSort): string {
  return direction === 'descending' ? `-${column}` : column;
}

export function asClusterFilter(text: string): ClusterFilter {
  return text === 'attention' || text === 'kept' || text === 'drifted'
    ? text
    : 'all';
}

/** Whether a cluster passes a filter. */
export function passesFilter(cluster: Cluster, filter: ClusterFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'attention':
      return clusterNeedsAttention(cluster);
    case 'kept':
      return cluster.scheduling.state !== 'open';
    case 'drifted':
      return clusterConcerns(cluster).some(({ kind }) => kind === 'drifted');
    default:
      return filter satisfies never;
  }
}

/** Sorts clusters in the requested order; ties by name. */
export function sortClusters(
  clusters: readonly Cluster[],
  sort: RowSort | undefined,
): Cluster[] {
  const key = sort ? KEYS[sort.column as SortColumn] : clusterUrgency;
  const sign = sort?.direction === 'descending' ? -1 : 1;
  return [...clusters].sort(
    (a, b) => sign * compare(key(a), key(b)) || compare(a.name, b.name),
  );
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), 'en', { numeric: true });
}
