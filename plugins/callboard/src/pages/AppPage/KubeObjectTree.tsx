import type { KubernetesView } from '@callboard/plugin-callboard-common';
import { HealthMark } from '@callboard/plugin-callboard-react';
import styles from './KubernetesTab.module.css';

type ViewedObject = KubernetesView['objects'][number];

/** The objects as a tree of owners, each with its state; expanded, with reason, message and YAML. */
export function KubeObjectTree({
  objects,
  of,
}: {
  objects: ViewedObject[];
  /** The object whose children are drawn; the roots when omitted. */
  of?: ViewedObject;
}): JSX.Element | null {
  const children = objects.filter(object =>
    of
      ? isOwnedBy(object, of)
      : !objects.some(owner => isOwnedBy(object, owner)),
  );
  if (children.length === 0) return null;
  return (
    <ul
      className={styles.tree}
      data-root={of ? undefined : ''}
      aria-label={of ? `Made by ${of.kind} ${of.name}` : 'Objects'}
    >
      {children.map(object => (
        <li key={`${object.kind}/${object.name}`}>
          <KubeObjectDetails object={object} />
          <KubeObjectTree objects={objects} of={object} />
        </li>
      ))}
    </ul>
  );
}

function isOwnedBy({ owner }: ViewedObject, other: ViewedObject): boolean {
  return owner?.kind === other.kind && owner.name === other.name;
}

/** Such objects show their message before they are expanded. */
function isSick(
  health: ViewedObject['health'],
): health is NonNullable<ViewedObject['health']> {
  return health !== null && health.status !== 'Healthy';
}

function KubeObjectDetails({
  object: { kind, name, health, yaml },
}: {
  object: ViewedObject;
}): JSX.Element {
  return (
    <details className={styles.object}>
      <summary className={styles.summary}>
        <span className={styles.title}>
          {kind} <span className={styles.name}>{name}</span>
          {isSick(health) && (
            <span className={styles.why}>{health.message}</span>
          )}
        </span>
        {health && <HealthMark health={health} freshness="live" />}
      </summary>
      {health && (
        <dl className={styles.state}>
          <dt>Reason</dt>
          <dd>{health.reason}</dd>
          <dt>Message</dt>
          <dd>{health.message}</dd>
        </dl>
      )}
      <pre className={styles.yaml}>{yaml}</pre>
    </details>
  );
}
