import { Select } from '@backstage/ui';
import type { App, KubernetesView } from '@callboard/plugin-callboard-common';
import {
  Age,
  CopyLine,
  type DeploymentKey,
  Panel,
  ShowView,
  useKubernetesView,
} from '@callboard/plugin-callboard-react';
import { SkeletonPanel } from '../SkeletonPanel';
import { UnknownInAddress } from '../NotFound/UnknownInAddress';
import { KubeObjectTree } from './KubeObjectTree';
import { useDeployments } from './useDeployments';
import styles from './KubernetesTab.module.css';

/** The Kubernetes objects of an app, unfiltered. */
export function KubernetesTab({ app }: { app: App }): JSX.Element {
  const { chosen, options, value, choose, unknown } = useDeployments(app);
  if (!chosen?.cluster)
    return <Panel title="It runs on no cluster, so there are no objects" />;
  return (
    <>
      <div className={styles.tools}>
        <div className={styles.choice} title={chosen.title}>
          <Select
            aria-label="Where"
            selectionMode="single"
            value={value}
            onChange={key => choose(String(key))}
            options={options}
          />
        </div>
      </div>
      {unknown && <UnknownInAddress>{unknown}</UnknownInAddress>}
      <Objects
        deployment={{
          app: app.name,
          environment: chosen.environment,
          cluster: chosen.cluster,
        }}
        key={value}
      />
    </>
  );
}

function Objects({ deployment }: { deployment: DeploymentKey }): JSX.Element {
  const view = useKubernetesView(deployment);
  return (
    <ShowView view={view} loading={<SkeletonPanel rows={5} height={32} />}>
      {({ command, namespace, objects, events }) => (
        <>
          <Panel title={`Namespace ${namespace}`}>
            <p className={styles.words}>The same in a terminal:</p>
            <CopyLine text={command} />
          </Panel>
          <Panel title="Objects" aside={objects.length} flush>
            <KubeObjectTree objects={objects} />
          </Panel>
          <Panel title="Events" aside={events.length} flush>
            <Events events={events} />
          </Panel>
        </>
      )}
    </ShowView>
  );
}

function Events({ events }: { events: KubernetesView['events'] }): JSX.Element {
  if (events.length === 0) return <p className={styles.empty}>No events.</p>;
  return (
    <ul className={styles.events}>
      {events.map(({ at, type, reason, message, object }, index) => (
        <li key={index}>
          <span className={type === 'Warning' ? styles.warning : styles.reason}>
            {reason}
          </span>
          <span>{message}</span>
          <span className={styles.quiet}>
            {object}, <Age at={at} after=" ago" />
          </span>
        </li>
      ))}
    </ul>
  );
}
