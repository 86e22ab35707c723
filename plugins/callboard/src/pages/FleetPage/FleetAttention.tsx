import {
  type Cluster,
  countOf,
  nameCluster,
  partOf,
} from '@callboard/plugin-callboard-common';
import {
  clusterConcerns,
  clusterNeedsAttention,
  describeConcern,
} from '@callboard/plugin-callboard-core';
import {
  HealthShape,
  Panel,
  shownStatus,
  useInstant,
  useNow,
} from '@callboard/plugin-callboard-react';
import { Link } from 'react-router-dom';
import { sortClusters } from './arrangeClusters';
import styles from './FleetAttention.module.css';

const MOST_LINES = 6;

/**
 * The clusters that need attention, most urgent first, with their problems, and
 * a link to the apps that do; nothing when there are none.
 */
export function FleetAttention({
  clusters,
  appsInNeed,
  hrefOf,
  hrefOfApps,
  onShowAll,
}: {
  clusters: Cluster[];
  appsInNeed: number;
  hrefOf: (cluster: string) => string;
  hrefOfApps: string;
  onShowAll: () => void;
}): JSX.Element | null {
  const ticking = useNow();
  const now = useInstant() ?? ticking;
  const urgent = sortClusters(
    clusters.filter(clusterNeedsAttention),
    undefined,
  );
  if (urgent.length + appsInNeed === 0) return null;
  const left = urgent.length - MOST_LINES;
  return (
    <Panel
      title="Needs attention"
      tone={
        urgent.some(({ freshness }) => freshness === 'live')
          ? 'warning'
          : undefined
      }
      aside={
        urgent.length > 0 && partOf(urgent.length, clusters.length, 'cluster')
      }
    >
      <ul className={styles.list}>
        {urgent.slice(0, MOST_LINES).map(cluster => (
          <li key={cluster.name} className={styles.line}>
            <HealthShape
              status={shownStatus(cluster.health, cluster.freshness)}
            />
            <Link data-strong="" to={hrefOf(cluster.name)}>
              {nameCluster(cluster)}
            </Link>
            <span className={styles.words}>
              {clusterConcerns(cluster)
                .map(concern => describeConcern(concern, now))
                .join('; ')}
            </span>
          </li>
        ))}
        {appsInNeed > 0 && (
          <li className={styles.line}>
            <Link data-strong="" to={hrefOfApps}>
              {countOf(appsInNeed, 'app')} {appsInNeed === 1 ? 'needs' : 'need'}{' '}
              attention
            </Link>
          </li>
        )}
      </ul>
      {left > 0 && (
        <button type="button" className={styles.more} onClick={onShowAll}>
          {left} more
        </button>
      )}
    </Panel>
  );
}
