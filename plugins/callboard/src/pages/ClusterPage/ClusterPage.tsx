import { Skeleton } from '@backstage/ui';
import type { Cluster } from '@callboard/plugin-callboard-common';
import {
  dataOf,
  ShowView,
  useCluster,
} from '@callboard/plugin-callboard-react';
import { useParams } from 'react-router-dom';
import { useLinks } from '../../useLinks';
import { ClusterNotFound } from '../NotFound/ClusterNotFound';
import { isNotFound } from '../NotFound/isNotFound';
import { CallboardPage, PageFrame } from '../PageFrame';
import { SkeletonPanel } from '../SkeletonPanel';
import { ClusterActions } from './ClusterActions';
import { ClusterContent } from './ClusterContent';

/** How is this cluster, and what does it carry? */
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
  const links = useLinks();
  return (
    <PageFrame
      title={name}
      breadcrumbs={[{ label: 'Fleet', href: links.fleet() }]}
      metadata={isNotFound(view) ? undefined : describePlace(dataOf(view))}
      customActions={<ClusterActions cluster={dataOf(view)} />}
    >
      {isNotFound(view) ? (
        <ClusterNotFound name={name} />
      ) : (
        <ShowView
          view={view}
          loading={
            <>
              <Skeleton width="70%" height={26} />
              <SkeletonPanel rows={6} height={32} />
            </>
          }
        >
          {cluster => <ClusterContent cluster={cluster} />}
        </ShowView>
      )}
    </PageFrame>
  );
}

function describePlace(cluster: Cluster | undefined) {
  if (!cluster) return undefined;
  const { name, title, labels, claims } = cluster;
  const facts = {
    Name: title === name ? undefined : title,
    Region: labels.region ?? claims.region,
    Provider: claims.provider,
    Kubernetes: claims.version,
  };
  return Object.entries(facts).flatMap(([label, value]) =>
    value === undefined ? [] : [{ label, value }],
  );
}
