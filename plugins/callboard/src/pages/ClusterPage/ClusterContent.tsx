import { ButtonLink } from '@backstage/ui';
import type { Cluster } from '@callboard/plugin-callboard-common';
import {
  ChangeList,
  HealthMark,
  Panel,
  ProblemCard,
  Sentence,
  ShowView,
  shownStatus,
  useJournal,
} from '@callboard/plugin-callboard-react';
import { Link } from 'react-router-dom';
import { useLinks } from '../../useLinks';
import { hasJoined } from '../JoinPage/describeJoin';
import { SkeletonRows } from '../SkeletonRows';
import { BlueprintPanel } from './BlueprintPanel';
import { ConnectionPanel } from './ConnectionPanel';
import { RoomPanel } from './RoomPanel';
import { SchedulingPanel } from './SchedulingPanel';
import styles from './ClusterContent.module.css';

const LATEST_CHANGES = 8;

/** Everything about one cluster below its head; the same on its page and on its catalog entity. */
export function ClusterContent({ cluster }: { cluster: Cluster }): JSX.Element {
  const { problem } = cluster.connection;
  return (
    <div className={styles.content}>
      <Sentence status={shownStatus(cluster.health, cluster.freshness)}>
        {cluster.sentence}
      </Sentence>
      <StillJoining cluster={cluster} />
      {problem && <ProblemCard problem={problem} tone="warning" />}
      <div className={styles.columns}>
        <div className={styles.column}>
          <SchedulingPanel cluster={cluster} />
          <AppsHere cluster={cluster} />
          <BlueprintPanel cluster={cluster} />
          <Changes cluster={cluster.name} />
        </div>
        <div className={styles.column}>
          <RoomPanel cluster={cluster} />
          <ConnectionPanel cluster={cluster} />
          <LabelsPanel cluster={cluster} />
        </div>
      </div>
    </div>
  );
}

function StillJoining({
  cluster: { name, join },
}: {
  cluster: Cluster;
}): JSX.Element | null {
  const links = useLinks();
  if (!join || hasJoined(join)) return null;
  return (
    <Panel
      title="It has not joined yet"
      tone="info"
      foot={<ButtonLink href={links.joinCluster(name)}>See it join</ButtonLink>}
    />
  );
}

function AppsHere({
  cluster: { apps, freshness, observedAt },
}: {
  cluster: Cluster;
}): JSX.Element {
  const links = useLinks();
  return (
    <Panel title="Apps" aside={apps.length} flush>
      <ul className={styles.list}>
        {apps.length === 0 && (
          <li className={`${styles.item} ${styles.quiet}`}>
            No app runs here.
          </li>
        )}
        {apps.map(({ app, environment, release, health }) => (
          <li key={`${app} ${environment}`} className={styles.item}>
            <span>
              <Link className={styles.name} to={links.app(app)}>
                {app}
              </Link>{' '}
              <span className={styles.quiet}>
                {environment}
                {release !== null && ` · release ${release}`}
              </span>
            </span>
            <HealthMark
              health={health}
              freshness={freshness}
              observedAt={observedAt}
            />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Changes({ cluster }: { cluster: string }): JSX.Element {
  const view = useJournal({ cluster, limit: LATEST_CHANGES });
  return (
    <Panel title="What changed" flush>
      <ShowView quiet view={view} loading={<SkeletonRows inset rows={3} />}>
        {entries => <ChangeList entries={entries} />}
      </ShowView>
    </Panel>
  );
}

function LabelsPanel({
  cluster: { labels, claims, taints },
}: {
  cluster: Cluster;
}): JSX.Element {
  const pairs = [...Object.entries(labels), ...Object.entries(claims)];
  return (
    <Panel title="Labels and claims">
      <div className={styles.tags}>
        {pairs.map(([key, value]) => (
          <span key={key} className={styles.tag}>
            {key}={value}
          </span>
        ))}
        {taints.map(({ key, value, effect }) => (
          <span
            key={`${key} ${effect}`}
            className={styles.tag}
            title="Keeps apps away that do not tolerate it"
          >
            {value === undefined ? key : `${key}=${value}`}: {effect}
          </span>
        ))}
      </div>
    </Panel>
  );
}
