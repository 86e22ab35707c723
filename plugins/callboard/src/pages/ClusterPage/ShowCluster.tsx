import { Skeleton } from '@backstage/ui';
import type { Cluster } from '@callboard/plugin-callboard-common';
import { ShowView, type View } from '@callboard/plugin-callboard-react';
import type { ReactElement } from 'react';
import { ClusterNotFound } from '../NotFound/ClusterNotFound';
import { isNotFound } from '../NotFound/isNotFound';
import { SkeletonPanel } from '../SkeletonPanel';

/** A cluster once it is loaded; a placeholder before, or a message when there is none of that name. */
export function ShowCluster({
  name,
  view,
  children,
}: {
  name: string;
  view: View<Cluster>;
  children: (cluster: Cluster) => ReactElement;
}): JSX.Element {
  if (isNotFound(view)) return <ClusterNotFound name={name} />;
  return (
    <ShowView
      view={view}
      loading={
        <>
          <Skeleton width="70%" height={26} />
          <SkeletonPanel rows={6} height={32} />
        </>
      }
    >
      {children}
    </ShowView>
  );
}
