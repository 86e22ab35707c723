import { useEntity } from '@backstage/plugin-catalog-react';
import {
  type App,
  ENTITY_ANNOTATIONS,
} from '@callboard/plugin-callboard-common';
import {
  CallboardProvider,
  HealthMark,
  LostBand,
  Panel,
  ShowView,
  Surface,
  useApp,
  Prose,
} from '@callboard/plugin-callboard-react';
import { Link } from 'react-router-dom';
import { SkeletonRows } from '../pages/SkeletonRows';
import { useLinks } from '../useLinks';
import styles from './entity.module.css';

/** Card of a Component: how its app is, in one sentence and one line per environment. */
export function AppEntityCard(): JSX.Element {
  const { entity } = useEntity();
  const name =
    entity.metadata.annotations?.[ENTITY_ANNOTATIONS.app] ??
    entity.metadata.name;
  return (
    <CallboardProvider>
      <Surface>
        <LostBand />
        <AppInCard name={name} />
      </Surface>
    </CallboardProvider>
  );
}

function AppInCard({ name }: { name: string }): JSX.Element {
  const view = useApp(name);
  const links = useLinks();
  return (
    <Panel title="Callboard" aside={<Link to={links.app(name)}>open</Link>}>
      <ShowView view={view} loading={<SkeletonRows rows={3} height={20} />}>
        {app => (
          <div className={styles.card}>
            <p className={styles.line}>
              <Prose>{app.sentence}</Prose>
            </p>
            <Environments app={app} />
          </div>
        )}
      </ShowView>
    </Panel>
  );
}

function Environments({ app: { environments } }: { app: App }): JSX.Element {
  return (
    <ul className={styles.list}>
      {environments
        .filter(({ release }) => release !== null)
        .map(({ name, title, release, health, freshness, clusters }) => (
          <li key={name} className={styles.item}>
            <span>
              {title}{' '}
              <span className={styles.quiet}>release {release?.number}</span>
            </span>
            <HealthMark
              health={health}
              freshness={freshness}
              observedAt={clusters[0]?.observedAt}
            />
          </li>
        ))}
    </ul>
  );
}
