import {
  type App,
  type DeploymentView,
  countOf,
  nameCluster,
  partOf,
} from '@callboard/plugin-callboard-common';
import { ButtonLink, Cell } from '@backstage/ui';
import {
  Age,
  HealthMark,
  HostName,
  Panel,
  useViewLink,
} from '@callboard/plugin-callboard-react';
import { Link } from 'react-router-dom';
import { useLinks } from '../../useLinks';
import { RowTable } from '../RowTable';
import type { RowColumn } from '../RowTableProps';
import { ScheduledRuns } from './ScheduledRuns';
import styles from './WhereItRuns.module.css';

interface Row extends DeploymentView {
  id: string;
  environment: string;
}

const DRAINS = {
  moving: 'This cluster is being drained: the app moves away',
  stuck:
    'This cluster is being drained: the app stays until another cluster takes it',
};

/** Every cluster the app runs on, by environment. */
export function WhereItRuns({ app }: { app: App }): JSX.Element {
  const { cluster: hrefOfCluster } = useLinks();
  const linkTo = useViewLink();
  const rows: Row[] = app.environments.flatMap(({ name, title, clusters }) =>
    clusters.map(cluster => ({
      ...cluster,
      id: `${name} ${cluster.cluster}`,
      environment: title,
    })),
  );
  const columns: RowColumn<Row>[] = [
    {
      id: 'cluster',
      width: '7fr',
      label: 'Cluster',
      isRowHeader: true,
      cell: row => (
        <Cell>
          <div className={styles.cell}>
            <Link
              data-strong=""
              to={hrefOfCluster(row.cluster)}
              title={nameOf(row)}
            >
              {nameOf(row)}
            </Link>
            <span className={styles.quiet} title={describePlace(row)}>
              {describePlace(row)}
            </span>
            {row.drain && (
              <span className={styles.scheduling}>{DRAINS[row.drain]}</span>
            )}
          </div>
        </Cell>
      ),
    },
    {
      id: 'release',
      width: '3fr',
      label: 'Release',
      from: 'sm',
      cell: row => (
        <Cell className={styles.number}>
          <div className={styles.cell}>
            <span>{describeRelease(row)}</span>
            {row.settings !== undefined && (
              <span className={styles.quiet}>settings {row.settings}</span>
            )}
            {row.serving && (
              <span className={styles.serving}>
                release {row.serving.release} still answers
              </span>
            )}
          </div>
        </Cell>
      ),
    },
    {
      id: 'health',
      width: '5fr',
      label: 'Health',
      cell: ({ health, freshness, observedAt, instances, replicas, runs }) => (
        <Cell>
          <div className={styles.cell}>
            <HealthMark
              health={health}
              freshness={freshness}
              observedAt={observedAt}
            />
            {(instances.wanted > 0 || !runs) && (
              <span className={styles.quiet}>
                {partOf(instances.ready, instances.wanted, 'instance')}
              </span>
            )}
            {replicas && (
              <span className={styles.quiet}>
                its share of {countOf(replicas.of, 'instance')}: {replicas.here}
              </span>
            )}
            {runs && <ScheduledRuns runs={runs} />}
          </div>
        </Cell>
      ),
    },
    {
      id: 'seen',
      width: '4fr',
      label: 'Seen',
      from: 'md',
      cell: ({ observedAt }) => (
        <Cell>
          {observedAt ? <Age at={observedAt} after=" ago" fixed /> : 'never'}
        </Cell>
      ),
    },
    {
      id: 'urls',
      width: '5fr',
      label: 'Address',
      from: 'sm',
      cell: ({ urls }) => (
        <Cell>
          <Addresses urls={urls} />
        </Cell>
      ),
    },
  ];
  return (
    <Panel
      title="Where it runs"
      flush
      foot={
        <>
          <ButtonLink variant="secondary" href={linkTo({ tab: 'placement' })}>
            Why these clusters
          </ButtonLink>
          <ButtonLink variant="tertiary" href={linkTo({ tab: 'logs' })}>
            Logs
          </ButtonLink>
          <ButtonLink variant="tertiary" href={linkTo({ tab: 'kubernetes' })}>
            Kubernetes view
          </ButtonLink>
        </>
      }
    >
      <RowTable
        label="Where it runs"
        columns={columns}
        rows={rows}
        empty="It runs on no cluster yet."
      />
    </Panel>
  );
}

function Addresses({ urls }: { urls: string[] }): JSX.Element {
  if (urls.length === 0) return <span className={styles.quiet}>none</span>;
  return (
    <span className={styles.urls}>
      {urls.map(url => (
        <a key={url} href={url} target="_blank" rel="noopener noreferrer">
          <HostName url={url} />
        </a>
      ))}
    </span>
  );
}

function nameOf({ cluster, title }: Row): string {
  return nameCluster({ name: cluster, title });
}

/** `Production · eu · golden` */
function describePlace({ environment, region, blueprint }: Row): string {
  return [environment, region, blueprint]
    .filter(part => part !== undefined)
    .join(' · ');
}

/** The current release, and the one being deployed. */
function describeRelease({ release, desiredRelease }: Row): string {
  if (desiredRelease === null)
    return release === null ? 'terminating' : `${release}, terminating`;
  if (release === desiredRelease) return String(release);
  return release === null
    ? `${desiredRelease} on its way`
    : `${release} → ${desiredRelease}`;
}
