import { Cell } from '@backstage/ui';
import type { Cluster } from '@callboard/plugin-callboard-common';
import {
  Age,
  formatBytes,
  formatCpu,
  HealthMark,
} from '@callboard/plugin-callboard-react';
import { Link } from 'react-router-dom';
import { useLinks } from '../../useLinks';
import { describeConnection } from '../ClusterPage/describeConnection';
import { hasJoined } from '../JoinPage/describeJoin';
import { type RowColumn, RowTable } from '../RowTable';
import styles from './FleetPage.module.css';

type ClusterRow = Cluster & { id: string };

/** The fleet as a table: what the map draws, in words. */
export function ClusterTable({
  clusters,
  hrefOf,
}: {
  clusters: Cluster[];
  hrefOf: (cluster: string) => string;
}): JSX.Element {
  const columns: RowColumn<ClusterRow>[] = [
    {
      id: 'cluster',
      width: '6fr',
      label: 'Cluster',
      isRowHeader: true,
      cell: cluster => (
        <Cell>
          <Link data-strong="" to={hrefOf(cluster.name)}>
            {cluster.name}
          </Link>
          <Hint cluster={cluster} />
          {cluster.scheduling.state !== 'open' && (
            <span className={styles.quiet}> {cluster.scheduling.state}</span>
          )}
        </Cell>
      ),
    },
    {
      id: 'health',
      width: '8fr',
      label: 'State',
      cell: ({ health, freshness, observedAt }) => (
        <Cell>
          <HealthMark
            health={health}
            freshness={freshness}
            observedAt={observedAt}
          />
        </Cell>
      ),
    },
    {
      id: 'place',
      width: '8fr',
      label: 'Place',
      from: 'md',
      cell: cluster => (
        <Cell className={styles.place}>
          <span title={describePlace(cluster)}>{describePlace(cluster)}</span>
        </Cell>
      ),
    },
    {
      id: 'blueprint',
      width: '6fr',
      label: 'Blueprint',
      from: 'sm',
      cell: cluster => (
        <Cell>
          <Blueprint cluster={cluster} />
        </Cell>
      ),
    },
    {
      id: 'apps',
      width: '3fr',
      label: 'Apps',
      from: 'md',
      cell: ({ apps }) => <Cell className={styles.number}>{apps.length}</Cell>,
    },
    {
      id: 'room',
      width: '9fr',
      label: 'Free room',
      from: 'lg',
      cell: cluster => (
        <Cell className={styles.number}>{describeRoom(cluster)}</Cell>
      ),
    },
    {
      id: 'seen',
      width: '6fr',
      label: 'Seen',
      from: 'md',
      cell: ({ observedAt }) => (
        <Cell>
          {observedAt ? <Age at={observedAt} after=" ago" fixed /> : 'never'}
        </Cell>
      ),
    },
  ];
  return (
    <RowTable
      columns={columns}
      rows={clusters.map(cluster => ({ ...cluster, id: cluster.name }))}
      hrefOf={({ name }) => hrefOf(name)}
      empty="No cluster matches the search."
    />
  );
}

/** How it is connected, where that is worth a word: in a playground all are simulated. */
function Hint({ cluster }: { cluster: Cluster }): JSX.Element | null {
  const links = useLinks();
  const { name, connection, join } = cluster;
  if (connection.kind === 'playground') return null;
  return (
    <span className={styles.hint}>
      {join && !hasJoined(join) ? (
        <Link to={links.joinCluster(name)}>joining</Link>
      ) : (
        describeConnection(connection)
      )}
    </span>
  );
}

function Blueprint({
  cluster: { blueprint },
}: {
  cluster: Cluster;
}): JSX.Element {
  if (!blueprint) return <span className={styles.quiet}>none</span>;
  const { name, version, state, drift } = blueprint;
  return (
    <span>
      {name} {version}
      {state !== 'applied' && <span className={styles.quiet}> · {state}</span>}
      {drift.length > 0 && <span className={styles.drift}> · drifted</span>}
    </span>
  );
}

/** `eu · Frankfurt` */
function describePlace({ name, title, labels, claims }: Cluster): string {
  const parts = [
    labels.region ?? claims.region,
    title === name ? undefined : title,
  ];
  return parts.filter(part => part !== undefined).join(' · ') || '–';
}

/** What is left of the capacity after what Callboard's workloads request. */
function describeRoom({ capacity, requested }: Cluster): string {
  if (!capacity) return '–';
  const cpu = capacity.cpuMillicores - (requested?.cpuMillicores ?? 0);
  const memory = capacity.memoryBytes - (requested?.memoryBytes ?? 0);
  return `${formatCpu(cpu)} · ${formatBytes(memory)}`;
}
