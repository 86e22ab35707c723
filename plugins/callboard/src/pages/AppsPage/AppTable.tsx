import { Cell } from '@backstage/ui';
import type { App, AppEnvironment } from '@callboard/plugin-callboard-common';
import {
  Age,
  describeEntity,
  HealthMark,
} from '@callboard/plugin-callboard-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { RowTable } from '../RowTable';
import type { RowColumn } from '../RowTableProps';
import styles from './AppsPage.module.css';

type AppRow = App & { id: string };

export interface AppTableProps {
  apps: App[];
  hrefOf: (app: string) => string;
  /** Why an app matches the search, when its row does not show it. */
  whyOf?: (app: App) => string[];
  empty: ReactNode;
}

/** Apps with their owner, their environments as small strips, and the last change. */
export function AppTable({
  apps,
  hrefOf,
  whyOf = () => [],
  empty,
}: AppTableProps): JSX.Element {
  const columns: RowColumn<AppRow>[] = [
    {
      id: 'app',
      width: '3fr',
      label: 'App',
      isRowHeader: true,
      cell: app => (
        <Cell>
          <div className={styles.cell}>
            <Link data-strong="" to={hrefOf(app.name)} title={app.title}>
              {app.title}
            </Link>
            {app.title !== app.name && (
              <span className={styles.quiet}>{app.name}</span>
            )}
            {whyOf(app).map(reason => (
              <span key={reason} className={styles.quiet}>
                {reason}
              </span>
            ))}
          </div>
        </Cell>
      ),
    },
    {
      id: 'owner',
      width: '2fr',
      label: 'Owner',
      from: 'md',
      cell: ({ owner }) => <Cell>{describeEntity(owner)}</Cell>,
    },
    {
      id: 'environments',
      width: '4fr',
      label: 'Environments',
      cell: app => (
        <Cell>
          <SmallStrip app={app} />
        </Cell>
      ),
    },
    {
      id: 'change',
      width: '4fr',
      label: 'Last change',
      from: 'md',
      cell: ({ lastChange }) => (
        <Cell>
          {lastChange && (
            <div className={styles.cell}>
              <span className={styles.cell}>{lastChange.message}</span>
              <span className={styles.quiet}>
                <Age at={lastChange.at} after=" ago" />
              </span>
            </div>
          )}
        </Cell>
      ),
    },
  ];
  return (
    <RowTable
      label="Apps"
      columns={columns}
      rows={apps.map(app => ({ ...app, id: app.name }))}
      hrefOf={({ name }) => hrefOf(name)}
      empty={empty}
    />
  );
}

function SmallStrip({ app: { environments } }: { app: App }): JSX.Element {
  const used = environments.filter(({ release }) => release !== null);
  if (used.length === 0)
    return <span className={styles.quiet}>nothing released yet</span>;
  return (
    <ul className={styles.strip}>
      {used.map(environment => {
        const { name, title, release, health, freshness } = environment;
        return (
          <li key={name}>
            <HealthMark
              health={health}
              freshness={freshness}
              compact
              size={12}
            />
            {title} {release?.number}
            <Spread environment={environment} />
          </li>
        );
      })}
    </ul>
  );
}

/** Number of clusters, when it is more than one or fewer than desired. */
function Spread({
  environment: { clusters, placement },
}: {
  environment: AppEnvironment;
}): JSX.Element | null {
  const wanted = placement?.satisfied === false ? placement.wanted : undefined;
  if (wanted !== undefined)
    return (
      <span className={styles.short}>
        on {clusters.length} of {wanted} wanted
      </span>
    );
  return clusters.length > 1 ? (
    <span className={styles.quiet}>on {clusters.length}</span>
  ) : null;
}
