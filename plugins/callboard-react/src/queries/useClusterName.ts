import { nameCluster } from '@callboard/plugin-callboard-common';
import { useMemo } from 'react';
import { useClusters } from './useClusters';
import { dataOf } from './View';

/** Returns a function for display names of clusters: `eu-1 · Frankfurt`. The plain name until the fleet is loaded. */
export function useClusterName(): (cluster: string) => string {
  const clusters = dataOf(useClusters());
  return useMemo(() => {
    const names = new Map(
      clusters?.map(cluster => [cluster.name, nameCluster(cluster)]),
    );
    return cluster => names.get(cluster) ?? cluster;
  }, [clusters]);
}
