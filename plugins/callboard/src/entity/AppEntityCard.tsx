import { useEntity } from '@backstage/plugin-catalog-react';
import type { App } from '@callboard/plugin-callboard-common';
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
import { WebLink } from '../pages/AppPage/WebLink';

import { SkeletonRows } from '../pages/SkeletonRows';
import { useLinks } from '../useLinks';
import { addressesOf } from './addressesOf';
import { appOf } from './appOf';
import { isNotDelivered } from './isNotDelivered';
import { NotDelivered } from './NotDelivered';
import { OtherOwner } from './OtherOwner';
import styles from './entity.module.css';

/** Card of a Component: the state of its app in one sentence, with one line per environment. */
export function AppEntityCard(): JSX.Element {
  const { entity } = useEntity();
  return (
    <CallboardProvider>
      <Surface>
        <LostBand />
        <AppInCard name={appOf(entity)} />
      </Surface>
    </CallboardProvider>
  );
}

function AppInCard({ name }: { name: string }): JSX.Element {
  const view = useApp(name);
  const links = useLinks();
  if (isNotDelivered(name, view)) return <NotDelivered app={name} />;
  return (
    <Panel title="Callboard" aside={<Link to={links.app(name)}>open</Link>}>
      <ShowView view={view} loading={<SkeletonRows rows={3} height={20} />}>
        {app => (
          <div className={styles.card}>
            <OtherOwner app={app} />
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
        .map(environment => (
          <li key={environment.name} className={styles.item}>
            <span>
              {environment.title}{' '}
              <span className={styles.quiet}>
                release {environment.release?.number}
              </span>
            </span>
            <HealthMark
              health={environment.health}
              freshness={environment.freshness}
              observedAt={environment.clusters[0]?.observedAt}
            />
            {addressesOf(environment).map(url => (
              <span key={url} className={styles.addresses}>
                <WebLink to={url} />
              </span>
            ))}
          </li>
        ))}
    </ul>
  );
}
