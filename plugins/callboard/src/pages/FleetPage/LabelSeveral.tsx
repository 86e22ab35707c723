import { TextField } from '@backstage/ui';
import {
  type Cluster,
  checkLabel,
  countOf,
  nameCluster,
} from '@callboard/plugin-callboard-common';
import { NameList } from '@callboard/plugin-callboard-react';
import { useState } from 'react';
import { SeveralDialog } from './SeveralDialog';
import styles from './SeveralDialog.module.css';

/** Sets one label by hand on several clusters, or removes it, and shows the current values. */
export function LabelSeveral({
  clusters,
  onClose,
}: {
  clusters: Cluster[];
  onClose: () => void;
}): JSX.Element {
  const [key, setKey] = useState('');
  const [value, setValue] = useState('');
  const label = checkLabel(key.trim(), value.trim());
  const isTaken = key.trim() !== '' && value.trim() === '';
  return (
    <SeveralDialog
      title={`Label ${countOf(clusters.length, 'cluster')}`}
      confirm={isTaken ? 'Take label away' : 'Set label'}
      clusters={clusters.map(({ name }) => name)}
      isReady={label.ok}
      act={(api, cluster, why) =>
        api.labelCluster({
          cluster,
          labels: { [key.trim()]: isTaken ? null : value.trim() },
          ...(why !== undefined && { why }),
        })
      }
      onClose={onClose}
    >
      <p className={styles.line}>
        A label that is set by hand counts instead of what the cluster's source
        says of the same key, also after the source changes. Without a value it
        is taken away, and the source's counts again. Apps may move: placement
        is decided again.
      </p>
      <div className={styles.pair}>
        <TextField
          label="Key"
          placeholder="tier"
          autoComplete="off"
          spellCheck="false"
          value={key}
          onChange={setKey}
        />
        <TextField
          label="Value"
          placeholder="gold"
          autoComplete="off"
          spellCheck="false"
          value={value}
          onChange={setValue}
        />
      </div>
      {key.trim() !== '' && !label.ok && (
        <p className={styles.line} role="alert">
          {label.problem.why}. {label.problem.next}.
        </p>
      )}
      <p className={styles.line}>
        <NameList names={describeNow(clusters, key.trim())} />
      </p>
    </SeveralDialog>
  );
}

/** Current values of the key on each cluster. */
function describeNow(clusters: Cluster[], key: string): string[] {
  if (key === '') return clusters.map(nameCluster);
  return clusters.map(
    cluster => `${nameCluster(cluster)}: ${cluster.labels[key] ?? 'not set'}`,
  );
}
