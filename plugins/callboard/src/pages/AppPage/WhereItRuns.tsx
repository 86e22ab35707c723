import { ButtonLink, Cell } from '@backstage/ui';
import type { App, AppCluster } from '@callboard/plugin-callboard-common';
import { Age, HealthMark, Panel } from '@callboard/plugin-callboard-react';
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
      label: 'Cluster',
      isRowHeader: true,
      cell: row => (
        <Cell>
          <div className={styles.cell}>
            <Link className={styles.cluster} to={hrefOfCluster(row.cluster)}>
              {row.cluster}
            </Link>
            <span className={styles.quiet}>{describePlace(row)}</span>
          </div>
        </Cell>
      ),
    },
    {
      id: 'release',
      label: 'Release',
      from: 'sm',
      cell: row => (
        <Cell className={styles.number}>{describeRelease(row)}</Cell>
      ),
    },
    {
      id: 'health',
      label: 'Health',
      cell: ({ health, freshness, observedAt, instances }) => (
        <Cell>
          <div className={styles.cell}>
            <HealthMark
              health={health}
              freshness={freshness}
              observedAt={observedAt}
            />
            <span className={styles.quiet}>
              {instances.ready} of {instances.wanted} instances
            </span>
          </div>
        </Cell>
      ),
    },
    {
      id: 'seen',
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
      label: 'Address',
      from: 'sm',
      cell: ({ urls }) => (
        <Cell>
          <div className={styles.urls}>
            {urls.map(url => (
              <a key={url} href={url} target="_blank" rel="noopener noreferrer">
                {url.replace(/^https?:\/\//, '')}
              </a>
            ))}
          </div>
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
          <ButtonLink variant="secondary" href="?tab=placement">
            Why these clusters
          </ButtonLink>
          <ButtonLink variant="tertiary" href="?tab=logs">
            Logs
          </ButtonLink>
          <ButtonLink variant="tertiary" href="?tab=kubernetes">
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
