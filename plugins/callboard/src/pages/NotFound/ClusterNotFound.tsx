import { nameCluster } from '@callboard/plugin-callboard-common';
import { dataOf, useClusters } from '@callboard/plugin-callboard-react';
import { useLinks } from '../../useLinks';
import { NotFound } from './NotFound';

/** Shown for a cluster that is not, or no longer, in the fleet. */
export function ClusterNotFound({ name }: { name: string }): JSX.Element {
  const links = useLinks();
  const clusters = dataOf(useClusters()) ?? [];
  return (
    <NotFound
      sentence={`There is no cluster “${name}”.`}
      wanted={name}
      known={clusters.map(cluster => ({
        name: cluster.name,
        title: nameCluster(cluster),
        href: links.cluster(cluster.name),
      }))}
    />
  );
}
