import { ButtonLink, Cell } from '@backstage/ui';
import type { App, AppCluster } from '@callboard/plugin-callboard-common';
import {
  Age,
  countOf,
  HealthMark,
  Panel,
  useViewLink,
} from '@callboard/plugin-callboard-react';
import { Link } from 'react-router-dom';
import { useLinks } from '../../useLinks';
import { type RowColumn, RowTable } from '../RowTable';
import styles from './WhereItRuns.module.css';

interface Row extends AppCluster {
  id: string;
  environment: string;
}

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
            <Link data-strong="" to={hrefOfCluster(row.cluster)}>
              {row.cluster}
            </Link>
            <span className={styles.quiet}>{describePlace(row)}</span>
            <span className={styles.narrow}>
              Release {describeRelease(row)}
              {row.urls.length > 0 && <Addresses urls={row.urls} />}
            </span>
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
        <Cell className={styles.number}>{describeRelease(row)}</Cell>
      ),
    },
    {
      id: 'health',
      width: '5fr',
      label: 'Health',
      cell: ({ health, freshness, observedAt, instances, copies }) => (
        <Cell>
          <div className={styles.cell}>
            <HealthMark
              health={health}
              freshness={freshness}
              observedAt={observedAt}
            />
            <span className={styles.quiet}>
              {instances.ready} of {countOf(instances.wanted, 'instance')}
            </span>
            {copies && (
              <span className={styles.quiet}>
                {copies.here} of {countOf(copies.of, 'copy', 'copies')}
              </span>
            )}
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
          {url.replace(/^https?:\/\//, '')}
        </a>
      ))}
    </span>
  );
}

/** `prod · Frankfurt · golden` */
function describePlace({
  environment,
  cluster,
  title,
  region,
  blueprint,
}: Row): string {
  const place = title !== undefined && title !== cluster ? title : region;
  return [environment, place, blueprint]
    .filter(part => part !== undefined)
    .join(' · ');
}

/** The release that is there, and the one on its way. */
function describeRelease({ release, desiredRelease }: Row): string {
  if (desiredRelease === null)
    return release === null ? 'leaving' : `${release}, leaving`;
  if (release === desiredRelease) return String(release);
  return release === null
    ? `${desiredRelease} on its way`
    : `${release} → ${desiredRelease}`;
}
