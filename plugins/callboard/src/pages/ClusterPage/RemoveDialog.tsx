import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  TextField,
} from '@backstage/ui';
import { type Cluster, nameCluster } from '@callboard/plugin-callboard-common';
import { countApps } from '@callboard/plugin-callboard-core';
import {
  ProblemCard,
  Surface,
  useRemoveCluster,
} from '@callboard/plugin-callboard-react';
import { type FormEvent, useMemo, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useLinks } from '../../useLinks';
import { WhatIfAnswer } from '../WhatIf/WhatIfAnswer';
import { explainOrigin } from './explainOrigin';
import dialogStyles from '../ConfirmDialog.module.css';
import styles from './RemoveDialog.module.css';

export interface RemoveDialogProps {
  cluster: Cluster;
  /** Goes over to draining it. */
  onDrain: () => void;
  onClose: () => void;
}

/** Says what becomes of a cluster's apps before it is taken from the fleet, and recommends the gentle way. */
export function RemoveDialog({
  cluster,
  onDrain,
  onClose,
}: RemoveDialogProps): JSX.Element {
  const origin = explainOrigin(cluster.connection.kind);
  return (
    <Dialog isOpen onOpenChange={isOpen => !isOpen && onClose()} width={600}>
      <DialogHeader>Remove {nameCluster(cluster)} from the fleet</DialogHeader>
      {origin ? (
        <Elsewhere {...origin} onClose={onClose} />
      ) : (
        <Removal cluster={cluster} onDrain={onDrain} onClose={onClose} />
      )}
    </Dialog>
  );
}

function Elsewhere({
  why,
  next,
  onClose,
}: {
  why: string;
  next: string;
  onClose: () => void;
}): JSX.Element {
  return (
    <>
      <DialogBody>
        <Surface>
          <p className={styles.line}>
            <strong>It cannot be removed here.</strong> {why}
          </p>
          <p className={styles.line}>{next}</p>
        </Surface>
      </DialogBody>
      <DialogFooter className={dialogStyles.foot}>
        <Button onPress={onClose}>Close</Button>
      </DialogFooter>
    </>
  );
}

function Removal({
  cluster: { name, apps, scheduling },
  onDrain,
  onClose,
}: {
  cluster: Cluster;
  onDrain: () => void;
  onClose: () => void;
}): JSX.Element {
  const links = useLinks();
  const navigate = useNavigate();
  const { action, remove } = useRemoveCluster(name);
  const [typed, setTyped] = useState('');
  const changes = useMemo(
    () => [{ kind: 'lose' as const, cluster: name }],
    [name],
  );
  const isInUse = apps.length > 0;
  const isSure = !isInUse || typed === name;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isSure && (await remove())) navigate(links.fleet());
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <DialogBody>
        <Surface>
          <div className={styles.body}>
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
                    <strong>It is being drained.</strong> Wait until no app is
                    left.
                  </p>
                )}
              </>
            ) : (
              <p className={styles.line}>No app runs there.</p>
            )}
            <ul className={styles.effects}>
              <li>
                Its agent is revoked within seconds and cannot connect again.
              </li>
              <li>
                What runs there keeps running; Callboard no longer sees or
                changes it.
              </li>
              <li>To have it back, add it again.</li>
            </ul>
            {isInUse && (
              <TextField
                label={`Type ${name} to remove it with apps on it`}
                autoComplete="off"
                spellCheck="false"
                value={typed}
                onChange={setTyped}
              />
            )}
            {action.kind === 'refused' && (
              <ProblemCard problem={action.problem} />
            )}
          </div>
        </Surface>
      </DialogBody>
      <DialogFooter className={dialogStyles.foot}>
        <Button variant="secondary" onPress={onClose}>
          Cancel
        </Button>
        <Button
          type="submit"
          destructive
          isDisabled={!isSure}
          isPending={action.kind === 'running'}
        >
          Remove {name}
        </Button>
      </DialogFooter>
    </form>
  );
}

function describeLoss(apps: number): string {
  return apps === 1
    ? 'Then its app stays until it is healthy elsewhere. Removed now, Callboard loses sight of it until it runs elsewhere.'
    : `Then each of its ${apps} apps stays until it is healthy elsewhere. Removed now, Callboard loses sight of them until they run elsewhere.`;
}
