import type { Entity } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { type App, countOf } from '@callboard/plugin-callboard-common';
import {
  CallboardProvider,
  HealthShape,
  LostBand,
  Panel,
  Prose,
  ShowView,
  Surface,
  useApps,
} from '@callboard/plugin-callboard-react';
import { Link } from 'react-router-dom';
import { describeApps } from '../pages/AppsPage/arrangeApps';
import { SkeletonRows } from '../pages/SkeletonRows';
import { worstOf } from '../pages/worstOf';
import { useLinks } from '../useLinks';
import { rollUp } from './rollUp';
import { type NamedApps, useNamedApps } from './useNamedApps';
import styles from './entity.module.css';

const MOST_APPS = 20;
const MOST_CLUSTERS = 8;

/** Card of a System or a Domain: the state of its apps, those that need attention, and the clusters they run on. */
export function SystemEntityCard(): JSX.Element {
  const { entity } = useEntity();
  return (
    <CallboardProvider>
      <Surface>
        <LostBand />
        <AppsInCard entity={entity} />
      </Surface>
    </CallboardProvider>
  );
}

function AppsInCard({ entity }: { entity: Entity }): JSX.Element {
  const named = useNamedApps(entity);
  const apps = useApps();
  const links = useLinks();
  const loading = <SkeletonRows rows={4} height={20} />;
  return (
    <Panel title="Callboard" aside={<Link to={links.apps()}>all apps</Link>}>
      <ShowView view={named} loading={loading}>
        {members =>
          members.names.length === 0 ? (
            <p className={styles.line}>
              {`No component of this ${entity.kind.toLocaleLowerCase(
                'en-US',
              )} names an app.`}
            </p>
          ) : (
            <ShowView view={apps} loading={loading}>
              {all => <Members members={members} all={all} />}
            </ShowView>
          )
        }
      </ShowView>
    </Panel>
  );
}

function Members({
  members: { names, isCut },
  all,
}: {
  members: NamedApps;
  all: App[];
}): JSX.Element {
  const wanted = new Set(names);
  const { apps, statuses, clusters } = rollUp(
    all.filter(({ name }) => wanted.has(name)),
  );
  const missing = names.length - apps.length;
  return (
    <div className={styles.card}>
      <p className={styles.line}>{describeApps(apps)}</p>
      {statuses.length > 0 && (
        <ul className={styles.counts} aria-label="How the apps are">
          {statuses.map(({ status, count }) => (
            <li key={status} className={styles.count}>
              <HealthShape status={status} />
              {`${status} ${count}`}
            </li>
          ))}
        </ul>
      )}
      <AppList apps={apps} />
      {clusters.length > 0 && <Clusters clusters={clusters} />}
      {missing > 0 && (
        <p className={styles.quiet}>
          {`${countOf(missing, 'app')} that ${
            missing === 1 ? 'a component names is' : 'components name are'
          } not delivered yet, or you may not see ${
            missing === 1 ? 'it' : 'them'
          }.`}
        </p>
      )}
      {isCut && (
        <p className={styles.quiet}>
          There are more components than this card counts.
        </p>
      )}
    </div>
  );
}

function AppList({ apps }: { apps: App[] }): JSX.Element {
  const links = useLinks();
  const left = apps.length - MOST_APPS;
  return (
    <>
      <ul className={styles.list}>
        {apps.slice(0, MOST_APPS).map(app => (
          <li key={app.name} className={styles.app}>
            <span className={styles.appHead}>
              <HealthShape status={worstOf(app) ?? 'Missing'} />
              <Link to={links.app(app.name)}>{app.title}</Link>
            </span>
            <span className={styles.quiet}>
              <Prose>{app.sentence}</Prose>
            </span>
          </li>
        ))}
      </ul>
      {left > 0 && (
        <p className={styles.quiet}>{`and ${countOf(left, 'app')} more`}</p>
      )}
    </>
  );
}

function Clusters({ clusters }: { clusters: string[] }): JSX.Element {
  const links = useLinks();
  const left = clusters.length - MOST_CLUSTERS;
  return (
    <p className={styles.line}>
      {`On ${countOf(clusters.length, 'cluster')}: `}
      {clusters.slice(0, MOST_CLUSTERS).map((name, index) => (
        <span key={name}>
          {index > 0 && ', '}
          <Link to={links.cluster(name)}>{name}</Link>
        </span>
      ))}
      {left > 0 && ` and ${left} more`}
    </p>
  );
}
