import { Button } from '@backstage/ui';
import { type Cluster, nameCluster } from '@callboard/plugin-callboard-common';
import { countApps } from '@callboard/plugin-callboard-core';
import { useRemoveCluster } from '@callboard/plugin-callboard-react';
import { useMemo } from 'react';
import { useNavigate } from 'react-router-dom';
import { useLinks } from '../../useLinks';
import { ConfirmDialog } from '../ConfirmDialog';
import { WhatIfAnswer } from '../WhatIf/WhatIfAnswer';
import { explainOrigin } from './explainOrigin';
import styles from './RemoveDialog.module.css';

export interface RemoveDialogProps {
  cluster: Cluster;
  /** Switches to draining the cluster. */
  onDrain: () => void;
  onClose: () => void;
}

const WIDTH = 600;

/** Previews the effect on a cluster's apps before it is removed from the fleet, and recommends to drain it first. */
export function RemoveDialog(props: RemoveDialogProps): JSX.Element {
  const { cluster, onClose } = props;
  const origin = explainOrigin(cluster.connection.kind);
  return origin ? (
    <ConfirmDialog
      title={titleOf(cluster)}
      width={WIDTH}
      action={{ kind: 'idle' }}
      onConfirm={onClose}
      onClose={onClose}
    >
      <p className={styles.line}>
        <strong>It cannot be removed here.</strong> {origin.why}
      </p>
      <p className={styles.line}>{origin.next}</p>
    </ConfirmDialog>
  ) : (
    <Removal {...props} />
  );
}

function titleOf(cluster: Cluster): string {
  return `Remove ${nameCluster(cluster)} from the fleet`;
}

function Removal({
  cluster,
  onDrain,
  onClose,
}: RemoveDialogProps): JSX.Element {
  const { name, apps, scheduling } = cluster;
  const links = useLinks();
  const navigate = useNavigate();
  const { action, remove } = useRemoveCluster(name);
  const changes = useMemo(
    () => [{ kind: 'lose' as const, cluster: name }],
    [name],
  );
  const isInUse = apps.length > 0;
  const confirm = async () => {
    if (await remove()) navigate(links.fleet());
  };
  return (
    <ConfirmDialog
      title={titleOf(cluster)}
      width={WIDTH}
      action={action}
      typed={
        isInUse
          ? { name, label: `Type ${name} to remove it with apps on it` }
          : undefined
      }
      confirm={`Remove ${name}`}
      isDestructive
      onConfirm={confirm}
      onClose={onClose}
    >
      {isInUse ? (
        <>
          <WhatIfAnswer changes={changes} />
          {scheduling.state !== 'draining' && (
            <div className={styles.advice}>
              <p className={styles.line}>
                <strong>Better drain it first.</strong>{' '}
                {describeLoss(countApps(apps))}
              </p>
              <Button variant="secondary" onPress={onDrain}>
                Drain it first
              </Button>
            </div>
          )}
          {scheduling.state === 'draining' && (
            <p className={styles.line}>
              <strong>It is being drained.</strong> Wait until no app is left.
            </p>
          )}
        </>
      ) : (
        <p className={styles.line}>No app runs there.</p>
      )}
      <ul className={styles.effects}>
        <li>Its agent is revoked within seconds and cannot connect again.</li>
        <li>
          What runs there keeps running; Callboard no longer sees or changes it.
        </li>
        <li>To have it back, add it again.</li>
      </ul>
    </ConfirmDialog>
  );
}

function describeLoss(apps: number): string {
  return apps === 1
    ? 'Then its app stays until it is healthy elsewhere. Removed now, Callboard loses sight of it until it runs elsewhere.'
    : `Then each of its ${apps} apps stays until it is healthy elsewhere. Removed now, Callboard loses sight of them until they run elsewhere.`;
}
