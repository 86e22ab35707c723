import {
  type Cluster,
  countOf,
  type DrainingApp,
  isOnlyObserved,
} from '@callboard/plugin-callboard-common';
import {
  Age,
  describeActor,
  Panel,
  Prose,
} from '@callboard/plugin-callboard-react';
import { Link } from 'react-router-dom';
import { useLinks } from '../../useLinks';
import styles from './ClusterContent.module.css';

type SchedulingCause = Exclude<Cluster['scheduling'], { state: 'open' }>;

/** Cordon of a cluster, and the progress of its drain. Nothing for one that accepts apps. */
export function SchedulingPanel({
  cluster,
}: {
  cluster: Cluster;
}): JSX.Element | null {
  const { scheduling } = cluster;
  if (isOnlyObserved(cluster)) return <OnlyObserved />;
  switch (scheduling.state) {
    case 'open':
      return null;
    case 'cordoned':
      return (
        <Panel title="Cordoned" tone="info">
          <p className={styles.line}>
            Nothing new is placed here; what runs here stays.
          </p>
          <Cause cause={scheduling} />
        </Panel>
      );
    case 'drained':
      return (
        <Panel title="Drained" tone="info">
          <p className={styles.line}>
            No app is left. It can be worked on, or taken out of the fleet.
          </p>
          <Cause cause={scheduling} />
        </Panel>
      );
    default:
      return <Draining left={scheduling.left} cause={scheduling} />;
  }
}

function OnlyObserved(): JSX.Element {
  return (
    <Panel title="Only observed" tone="info">
      <p className={styles.line}>
        Callboard may read this cluster and not change it: no app is placed
        here, and it gets no blueprint.
      </p>
      <p className={`${styles.line} ${styles.quiet}`}>
        To deliver here, give the account that Callboard signs in with the right
        to change namespaces, deployments and services.
      </p>
    </Panel>
  );
}

function Draining({
  left,
  cause,
}: {
  left: DrainingApp[];
  cause: SchedulingCause;
}): JSX.Element {
  const apps = new Set(left.map(({ app }) => app));
  const isStuck = left.some(({ state }) => state === 'stuck');
  return (
    <Panel
      title="Draining"
      tone={isStuck ? 'warning' : 'info'}
      aside={`${countOf(apps.size, 'app')} left`}
      flush
    >
      <ul className={styles.list} aria-live="polite">
        {left.map(app => (
          <Leaving key={`${app.app} ${app.environment}`} app={app} />
        ))}
        <li className={styles.item}>
          <Cause cause={cause} />
        </li>
      </ul>
    </Panel>
  );
}

function Leaving({
  app: { app, environmentTitle, state, message },
}: {
  app: DrainingApp;
}): JSX.Element {
  const links = useLinks();
  return (
    <li className={styles.leaving}>
      <span>
        <span aria-hidden="true" className={styles.shape} data-state={state}>
          {state === 'stuck' ? '▲' : '◐'}
        </span>{' '}
        <Link className={styles.name} to={links.app(app)}>
          {app}
        </Link>{' '}
        <span className={styles.quiet}>
          {environmentTitle} ·{' '}
          {state === 'stuck' ? 'nowhere else to run' : 'moving'}
        </span>
      </span>
      <span className={styles.wait}>
        <Prose>{message}</Prose>
      </span>
    </li>
  );
}

function Cause({ cause: { since, by, why } }: { cause: SchedulingCause }) {
  return (
    <p className={`${styles.line} ${styles.quiet}`}>
      By {describeActor(by)}, <Age at={since} after=" ago" />
      {why !== undefined && `: “${why}”`}
    </p>
  );
}
