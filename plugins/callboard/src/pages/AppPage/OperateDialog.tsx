import { Skeleton, TextField } from '@backstage/ui';
import {
  type App,
  type AppEnvironment,
  type EnvironmentAction,
} from '@callboard/plugin-callboard-common';
import {
  dataOf,
  ProblemCard,
  useClusterName,
  useOperation,
} from '@callboard/plugin-callboard-react';
import { useState } from 'react';
import { ConfirmDialog } from '../ConfirmDialog';
import { reasonOf, WhyField } from '../WhyField';
import styles from './OperateDialog.module.css';
import { OPERATION_WORDS } from './operationWords';
import type { OperationName } from './useAppDialog';

export interface OperateDialogProps {
  app: App;
  environment: AppEnvironment;
  name: OperationName;
  onClose: () => void;
}

/**
 * Previews a stop, a start, a restart or a scaling. While open it follows the
 * app: it reports concurrent changes, and disables an action without effect.
 */
export function OperateDialog({
  app,
  environment,
  name,
  onClose,
}: OperateDialogProps): JSX.Element {
  const { verb, undo } = OPERATION_WORDS[name];
  const [why, setWhy] = useState('');
  const [replicas, setReplicas] = useState(
    String(environment.operation?.replicas ?? ''),
  );
  // One id per dialog, so that two presses restart once.
  const [requestId] = useState(newRequestId);
  const asked = Number(replicas);
  const { preview, action, operate } = useOperation({
    app: app.name,
    environment: environment.name,
    action: name,
    ...(name === 'scale' && replicas.trim() !== '' && { replicas: asked }),
  });
  const does = dataOf(preview);
  const isKnown = preview.kind === 'ready' && does?.changes === true;
  const confirm = async () => {
    const isDone = await operate({
      ...(name === 'restart' && { requestId }),
      why: reasonOf(why),
    });
    if (isDone) onClose();
  };
  return (
    <ConfirmDialog
      title={`${verb} ${app.title} in ${environment.title}`}
      width={560}
      action={action}
      confirm={isKnown ? `${verb} in ${environment.title}` : undefined}
      onConfirm={confirm}
      onClose={onClose}
    >
      {name === 'scale' && (
        <TextField
          label="Replicas of each workload"
          description={undo}
          inputMode="numeric"
          autoComplete="off"
          maxLength={6}
          value={replicas}
          onChange={text => setReplicas(text.replace(/\D/g, ''))}
        />
      )}
      <div aria-live="polite" className={styles.effects}>
        {preview.kind === 'failed' && <ProblemCard problem={preview.problem} />}
        {preview.kind === 'loading' && <Skeleton height={20} />}
        {preview.kind === 'ready' && <Effects does={preview.data} />}
      </div>
      {name !== 'scale' && <p className={styles.quiet}>{undo}</p>}
      {isKnown && <WhyField value={why} onChange={setWhy} />}
    </ConfirmDialog>
  );
}

/** Works without HTTPS too. */
function newRequestId(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-');
}

function Effects({ does }: { does: EnvironmentAction }): JSX.Element {
  const nameOf = useClusterName();
  return (
    <>
      <p className={styles.line}>{does.message}.</p>
      {does.changes && does.clusters.length > 1 && (
        <ul className={styles.list}>
          {does.clusters.map(({ cluster, instances, then }) => (
            <li key={cluster}>
              {nameOf(cluster)}: {instances !== then && `${instances} → `}
              {`${then} ${then === 1 ? 'instance' : 'instances'}`}
            </li>
          ))}
        </ul>
      )}
      {does.notes.map(note => (
        <p key={note} className={styles.quiet}>
          {note}.
        </p>
      ))}
    </>
  );
}
