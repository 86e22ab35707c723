import { countApps, freeCapacity } from '@callboard/plugin-callboard-core';
import { Cell } from '@backstage/ui';
import {
  type Cluster,
  describeBytes,
  describeCpu,
  nameCluster,
} from '@callboard/plugin-callboard-common';
import { Age, HealthMark } from '@callboard/plugin-callboard-react';
import { Link } from 'react-router-dom';
import { useLinks } from '../../useLinks';
import { describeConnection } from '../ClusterPage/describeConnection';
import { hasJoined } from '../JoinPage/describeJoin';
import { RowTable } from '../RowTable';
import type { RowColumn, RowSort } from '../RowTableProps';
import { explainMatch } from './filterClusters';
import styles from './FleetPage.module.css';

type ClusterRow = Cluster & { id: string };

export interface ClusterTableProps {
  /** Label of the table for screen readers. */
  label: string;
  clusters: Cluster[];
  hrefOf: (cluster: string) => string;
  /** The search: a row shows why it matches. */
  search: string;
  sort?: RowSort;
  onSort: (sort: RowSort) => void;
  selected: ReadonlySet<string>;
  /** Absent when rows cannot be selected. */
  onSelect?: (selected: ReadonlySet<string>) => void;
}

/** Clusters as a table: sortable by any column, selectable for actions on several. */
export function ClusterTable({
  label,
  clusters,
  hrefOf,
  search,
  ...table
}: ClusterTableProps): JSX.Element {
  const columns: RowColumn<ClusterRow>[] = [
    {
      id: 'cluster',
      width: '9.3fr',
      label: 'Cluster',
      isRowHeader: true,
      isSortable: true,
      cell: cluster => (
        <Cell>
          <Link
            data-strong=""
            to={hrefOf(cluster.name)}
            title={nameCluster(cluster)}
          >
            {nameCluster(cluster)}
          </Link>
          <Hint cluster={cluster} />
          <Matches cluster={cluster} search={search} />
        </Cell>
      ),
    },
    {
      id: 'health',
      width: '5fr',
      label: 'State',
      isSortable: true,
      cell: ({ health, freshness, observedAt, scheduling }) => (
        <Cell>
          <HealthMark
            health={health}
            freshness={freshness}
            observedAt={observedAt}
          />
          {scheduling.state !== 'open' && (
            <span className={styles.hint}>{scheduling.state}</span>
          )}
        </Cell>
      ),
    },
    {
      id: 'place',
      width: '3.7fr',
      label: 'Region',
      from: 'md',
      isSortable: true,
      cell: ({ labels, claims }) => (
        <Cell>{labels.region ?? claims.region ?? '–'}</Cell>
      ),
    },
    {
      id: 'blueprint',
      width: '4fr',
      label: 'Blueprint',
      from: 'sm',
      isSortable: true,
      cell: cluster => (
        <Cell>
          <Blueprint cluster={cluster} />
        </Cell>
      ),
    },
    {
      id: 'apps',
      width: '2fr',
      label: 'Apps',
      from: 'md',
      isSortable: true,
      cell: ({ apps }) => (
        <Cell className={styles.number}>{countApps(apps)}</Cell>
      ),
    },
    {
      id: 'capacity',
      width: '6fr',
      label: 'Free capacity',
      from: 'md',
      isSortable: true,
      cell: cluster => (
        <Cell>
          <FreeCapacity cluster={cluster} />
        </Cell>
      ),
    },
    {
      id: 'seen',
      width: '4fr',
      label: 'Seen',
      from: 'md',
      isSortable: true,
      cell: ({ observedAt }) => (
        <Cell>
          {observedAt ? <Age at={observedAt} after=" ago" /> : 'never'}
        </Cell>
      ),
    },
  ];
  return (
    <RowTable
      label={label}
      columns={columns}
      rows={clusters.map(cluster => ({ ...cluster, id: cluster.name }))}
      hrefOf={({ name }) => hrefOf(name)}
      {...table}
    />
  );
}

/** Kind of connection, when it is worth showing: in a playground all clusters are simulated. */
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

/** Why the search matches, when the name does not show it. */
function Matches({
  cluster,
  search,
}: {
  cluster: Cluster;
  search: string;
}): JSX.Element | null {
  const matches = explainMatch(cluster, search);
  if (matches.length === 0) return null;
  return (
    <span className={styles.hint}>
      {matches.map(({ field, text }) => (
        <span key={`${field} ${text}`} className={styles.match}>
          {field} <mark>{text}</mark>
        </span>
      ))}
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

/** Capacity that is left after the requests of Callboard's workloads. */
function FreeCapacity({
  cluster: { capacity, requested },
}: {
  cluster: Cluster;
}): JSX.Element {
  if (!capacity) return <>–</>;
  const { cpuMillicores, memoryBytes } = freeCapacity(capacity, requested);
  // An amount and its unit stay on one line.
  return (
    <>
      <span className={styles.number}>{describeCpu(cpuMillicores)} ·</span>{' '}
      <span className={styles.number}>{describeBytes(memoryBytes)}</span>
    </>
  );
}
