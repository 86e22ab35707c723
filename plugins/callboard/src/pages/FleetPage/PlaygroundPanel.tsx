import { Switch } from '@backstage/ui';
import { type Cluster, nameCluster } from '@callboard/plugin-callboard-common';
import { useClusterPower } from '@callboard/plugin-callboard-react';
import { useState } from 'react';
import { IsolationOfCode } from '../IsolationOfCode';
import { DrainThatMoves } from './DrainThatMoves';
import styles from './PlaygroundPanel.module.css';

/** Switches of the simulated clusters. Only in the playground. */
export function PlaygroundPanel({
  clusters,
}: {
  clusters: Cluster[];
}): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const simulated = clusters.filter(
    ({ connection }) => connection.kind === 'playground',
  );
  return (
    <details
      className={styles.fold}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>
        Playground: switch simulated clusters off and on, see a drain
      </summary>
      <p className={styles.words}>
        These clusters are simulated. Switch one off and see what becomes
        unknown; switch it on and it catches up.
      </p>
      <ul className={styles.list}>
        {simulated.map(cluster => (
          <PowerSwitch key={cluster.name} cluster={cluster} />
        ))}
      </ul>
      {isOpen && <DrainThatMoves clusters={simulated} />}
      {isOpen && <IsolationOfCode className={styles.isolation} />}
    </details>
  );
}

function PowerSwitch({
  cluster: { name, title, freshness },
}: {
  cluster: Cluster;
}): JSX.Element {
  const isSeen = freshness === 'live';
  const power = useClusterPower(name, isSeen);
  return (
    <li className={styles.item}>
      <Switch
        label={nameCluster({ name, title })}
        isSelected={power.isOn}
        isDisabled={power.action.kind === 'running'}
        onChange={power.set}
      />
      <span className={styles.state} aria-live="polite">
        {describePower(power.isOn, isSeen)}
      </span>
      {power.action.kind === 'refused' && (
        <p className={styles.refused}>{power.action.problem.why}</p>
      )}
    </li>
  );
}

/** The fleet shows the switch only after the cluster's deadline, or after its next contact. */
function describePower(isOn: boolean, isSeen: boolean): string {
  if (isOn) return isSeen ? 'live' : 'starting';
  return isSeen ? 'losing contact' : 'not seen';
}
