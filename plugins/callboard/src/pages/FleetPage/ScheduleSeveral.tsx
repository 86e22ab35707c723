import {
  type Cluster,
  countOf,
  nameCluster,
} from '@callboard/plugin-callboard-common';
import { NameList } from '@callboard/plugin-callboard-react';
import { useMemo } from 'react';
import { SCHEDULING_WORDS } from '../ClusterPage/schedulingWords';
import { WhatIfAnswer } from '../WhatIf/WhatIfAnswer';
import { SeveralDialog } from './SeveralDialog';
import styles from './SeveralDialog.module.css';

const MOST_CHANGES = 20; // per what-if question

/**
 * Cordons several clusters, or lets them accept apps again. Those that are in
 * the desired state already stay unchanged.
 */
export function ScheduleSeveral({
  to,
  clusters,
  onClose,
}: {
  to: 'cordon' | 'uncordon';
  clusters: Cluster[];
  onClose: () => void;
}): JSX.Element {
  const names = clusters.map(({ name }) => name).join(',');
  const changes = useMemo(
    () => names.split(',').map(cluster => ({ kind: to, cluster })),
    [names, to],
  );
  const number = countOf(clusters.length, 'cluster');
  const what =
    to === 'cordon' ? `Cordon ${number}` : `Accept apps again on ${number}`;
  return (
    <SeveralDialog
      title={what}
      confirm={what}
      clusters={clusters.map(({ name }) => name)}
      act={(api, cluster, why) =>
        api.scheduleCluster({
          cluster,
          to,
          ...(why !== undefined && { why }),
        })
      }
      onClose={onClose}
    >
      <p className={styles.line}>{SCHEDULING_WORDS[to].effect}</p>
      <p className={styles.line}>
        <NameList names={clusters.map(nameCluster)} />
      </p>
      {changes.length <= MOST_CHANGES && <WhatIfAnswer changes={changes} />}
    </SeveralDialog>
  );
}
