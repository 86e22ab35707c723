import { useEntity } from '@backstage/plugin-catalog-react';
import { ENTITY_ANNOTATIONS } from '@callboard/plugin-callboard-common';
import {
  CallboardProvider,
  HealthMark,
  LostBand,
  Panel,
  ShowView,
  Surface,
  useCluster,
  Prose,
} from '@callboard/plugin-callboard-react';
import { Link } from 'react-router-dom';
import { SkeletonRows } from '../pages/SkeletonRows';
import { useLinks } from '../useLinks';
import styles from './entity.module.css';

/** Card of a cluster's Resource: its state in one sentence. */
export function ClusterEntityCard(): JSX.Element {
  const { entity } = useEntity();
  const name =
    entity.metadata.annotations?.[ENTITY_ANNOTATIONS.cluster] ??
    entity.metadata.name;
  return (
    <CallboardProvider>
      <Surface>
        <LostBand />
        <ClusterInCard name={name} />
      </Surface>
    </CallboardProvider>
  );
}

function ClusterInCard({ name }: { name: string }): JSX.Element {
  const view = useCluster(name);
  const links = useLinks();
  return (
    <Panel title="Callboard" aside={<Link to={links.cluster(name)}>open</Link>}>
      <ShowView view={view} loading={<SkeletonRows rows={2} height={20} />}>
        {({ sentence, health, freshness, observedAt }) => (
          <div className={styles.card}>
            <p className={styles.line}>
              <Prose>{sentence}</Prose>
            </p>
            <HealthMark
              health={health}
              freshness={freshness}
              observedAt={observedAt}
            />
          </div>
        )}
      </ShowView>
    </Panel>
  );
}
