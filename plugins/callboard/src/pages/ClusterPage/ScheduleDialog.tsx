import {
  useClusterName,
  useScheduleCluster,
} from '@callboard/plugin-callboard-react';
import { useMemo, useState } from 'react';
import { ConfirmDialog } from '../ConfirmDialog';
import { WhatIfAnswer } from '../WhatIf/WhatIfAnswer';
import { reasonOf, WhyField } from '../WhyField';
import { SCHEDULING_WORDS, type Scheduling } from './schedulingWords';
import styles from './ScheduleDialog.module.css';

/** Previews a change of scheduling; afterwards the cluster's page shows its progress. */
export function ScheduleDialog({
  cluster,
  to,
  onClose,
}: {
  cluster: string;
  to: Scheduling;
  onClose: () => void;
}): JSX.Element {
  const { verb, effect, undo } = SCHEDULING_WORDS[to];
  const whole = useClusterName()(cluster);
  const { action, schedule } = useScheduleCluster();
  const [why, setWhy] = useState('');
  const changes = useMemo(() => [{ kind: to, cluster }], [to, cluster]);
  const confirm = async () => {
    if (await schedule({ cluster, to, why: reasonOf(why) })) onClose();
  };
  return (
    <ConfirmDialog
      title={
        to === 'uncordon' ? `Accept apps again on ${whole}` : `${verb} ${whole}`
      }
      width={640}
      action={action}
      confirm={to === 'uncordon' ? 'Accept apps again' : `${verb} ${cluster}`}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p className={styles.line}>{effect}</p>
      <WhatIfAnswer changes={changes} />
      <WhyField
        description="For the journal. Everybody who sees the cluster reads it."
        value={why}
        onChange={setWhy}
      />
      <p className={`${styles.line} ${styles.quiet}`}>{undo}</p>
    </ConfirmDialog>
  );
}
