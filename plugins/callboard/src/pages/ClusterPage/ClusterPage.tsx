import { type Cluster, nameCluster } from '@callboard/plugin-callboard-common';
import { dataOf, useCluster } from '@callboard/plugin-callboard-react';
import { useParams } from 'react-router-dom';
import { useLinks } from '../../useLinks';
import { isNotFound } from '../NotFound/isNotFound';
import { CallboardPage, PageFrame } from '../PageFrame';
import { ClusterActions } from './ClusterActions';
import { ClusterContent } from './ClusterContent';
import { ShowCluster } from './ShowCluster';

/** Page of a cluster: its state and its apps. */
export function ClusterPage(): JSX.Element {
  const { cluster = '' } = useParams();
  return (
    <CallboardPage>
      <ClusterScreen name={cluster} />
    </CallboardPage>
  );
}

function ClusterScreen({ name }: { name: string }): JSX.Element {
  const view = useCluster(name);
  const known = isNotFound(view) ? undefined : dataOf(view);
  const links = useLinks();
  return (
    <PageFrame
      title={known ? nameCluster(known) : name}
      breadcrumbs={[{ label: 'Fleet', href: links.fleet() }]}
      metadata={isNotFound(view) ? undefined : describePlace(dataOf(view))}
      customActions={<ClusterActions cluster={dataOf(view)} />}
    >
      <ShowCluster name={name} view={view}>
        {cluster => <ClusterContent cluster={cluster} />}
      </ShowCluster>
    </PageFrame>
  );
}

function describePlace(cluster: Cluster | undefined) {
  if (!cluster) return undefined;
  const { labels, claims } = cluster;
  const facts = {
    Region: labels.region ?? claims.region,
    Provider: claims.provider,
    Kubernetes: claims.version,
  };
  return Object.entries(facts).flatMap(([label, value]) =>
    value === undefined ? [] : [{ label, value }],
  );
}
