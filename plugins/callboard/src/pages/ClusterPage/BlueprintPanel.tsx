import {
  type Cluster,
  type ClusterBlueprint,
  countOf,
} from '@callboard/plugin-callboard-common';
import { HealthMark, Panel } from '@callboard/plugin-callboard-react';
import styles from './ClusterContent.module.css';

/** The baseline a cluster runs: its parts, their state, and what drifted. */
export function BlueprintPanel({ cluster }: { cluster: Cluster }): JSX.Element {
  const { blueprint } = cluster;
  if (!blueprint) return <Panel title="It runs no blueprint" />;
  return (
    <>
      {blueprint.drift.length > 0 && <Drift blueprint={blueprint} />}
      <Panel
        title={`Blueprint ${blueprint.name} ${blueprint.version}`}
        aside={blueprint.state}
        flush
      >
        <ul className={styles.list}>
          {blueprint.message !== '' && (
            <li className={`${styles.item} ${styles.quiet}`}>
              {blueprint.message}
            </li>
          )}
          {blueprint.follows !== undefined && (
            <li className={`${styles.item} ${styles.quiet}`}>
              {describeVersions(blueprint)}
            </li>
          )}
          {blueprint.addons.map(({ name, description, objects, health }) => (
            <li key={name} className={styles.item}>
              <span>
                <span className={styles.name}>{name}</span>{' '}
                <span className={styles.quiet}>
                  {description ?? countOf(objects, 'object')}
                </span>
              </span>
              <HealthMark
                health={health}
                freshness={cluster.freshness}
                observedAt={cluster.observedAt}
              />
            </li>
          ))}
        </ul>
      </Panel>
    </>
  );
}

/** `It should run version 2, runs version 1; its file says edge, so that it may run version 2 or 1`. */
function describeVersions({
  version,
  runs,
  follows,
  mayRun = [],
}: ClusterBlueprint): string {
  const running =
    typeof runs === 'number' ? `runs version ${runs}` : 'runs none yet';
  return `It should run version ${version}, ${running}; its file says ${follows}${
    mayRun.length > 0
      ? `, so that it may run version ${mayRun.join(' or ')}`
      : ''
  }`;
}

function Drift({
  blueprint: { drift },
}: {
  blueprint: ClusterBlueprint;
}): JSX.Element {
  return (
    <Panel title={`${countOf(drift.length, 'object')} drifted`} tone="warning">
      {drift.map(({ object, message }) => (
        <p
          key={`${object.kind} ${object.namespace} ${object.name}`}
          className={styles.line}
        >
          <span className={styles.name}>
            {object.kind}{' '}
            {object.namespace === undefined
              ? object.name
              : `${object.namespace}/${object.name}`}
          </span>
          {': '}
          {message}
        </p>
      ))}
    </Panel>
  );
}
