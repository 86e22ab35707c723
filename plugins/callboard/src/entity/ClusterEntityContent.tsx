import { useEntity } from '@backstage/plugin-catalog-react';
import { ENTITY_ANNOTATIONS } from '@callboard/plugin-callboard-common';
import {
  CallboardProvider,
  LostBand,
  PastBand,
  ShowView,
  Surface,
  useCluster,
} from '@callboard/plugin-callboard-react';
import { ClusterContent } from '../pages/ClusterPage/ClusterContent';
import { SkeletonPanel } from '../pages/SkeletonPanel';

/** The tab "Callboard" of a cluster's Resource. */
export function ClusterEntityContent(): JSX.Element {
  const { entity } = useEntity();
  const name =
    entity.metadata.annotations?.[ENTITY_ANNOTATIONS.cluster] ??
    entity.metadata.name;
  return (
    <CallboardProvider>
      <Surface>
        <LostBand />
        <PastBand />
        <ClusterInEntity name={name} />
      </Surface>
    </CallboardProvider>
  );
}

function ClusterInEntity({ name }: { name: string }): JSX.Element {
  const view = useCluster(name);
  return (
    <ShowView view={view} loading={<SkeletonPanel rows={6} height={32} />}>
      {cluster => <ClusterContent cluster={cluster} />}
    </ShowView>
  );
}
