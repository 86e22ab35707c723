import {
  type Cluster,
  type ClusterBlueprint,
  countOf,
} from '@callboard/plugin-callboard-common';
import {
  HealthMark,
  Panel,
  ProblemCard,
} from '@callboard/plugin-callboard-react';
import styles from './ClusterContent.module.css';

/** Blueprint of a cluster: its parts, their state, and drift. */
export function BlueprintPanel({ cluster }: { cluster: Cluster }): JSX.Element {
  const { blueprint, blueprintProblem } = cluster;
  const unclear = blueprintProblem && (
    <ProblemCard problem={blueprintProblem} />
  );
  if (!blueprint) return unclear ?? <Panel title="It runs no blueprint" />;
  return (
    <>
      {unclear}
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

/** `It runs version 1 and shall run version 2. It follows edge, channel stable`, `It follows golden`. */
function describeVersions({
  version,
  runs,
  follows,
  mayRun = [],
}: ClusterBlueprint): string {
  const others = mayRun.filter(each => each !== version);
  const may =
    others.length === 0
      ? ''
      : `. A rollout may bring it to version ${others.join(' or ')}`;
  if (runs === version) return `It follows ${follows}${may}`;
  const now = typeof runs === 'number' ? `version ${runs}` : 'no version yet';
  return `It runs ${now} and shall run version ${version}. It follows ${follows}${may}`;
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
