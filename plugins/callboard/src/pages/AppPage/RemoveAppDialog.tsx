import { Skeleton, TextField } from '@backstage/ui';
import {
  type App,
  type AppEnvironment,
  type AppRemoval,
  countOf,
} from '@callboard/plugin-callboard-common';
import {
  ProblemCard,
  useClusterName,
  useRemoveApp,
} from '@callboard/plugin-callboard-react';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useLinks } from '../../useLinks';
import { ConfirmDialog } from '../ConfirmDialog';
import { DataStays } from '../DataStays';
import { reasonOf, WhyField } from '../WhyField';
import styles from './OperateDialog.module.css';

export interface RemoveAppDialogProps {
  app: App;
  /** The environment to remove the app from; the app is deleted when omitted. */
  environment?: AppEnvironment;
  onClose: () => void;
}

/**
 * Lists what ends, where, and which data stays, before an app is removed from
 * an environment or deleted; the user types its name to confirm.
 */
export function RemoveAppDialog({
  app: { name, title },
  environment,
  onClose,
}: RemoveAppDialogProps): JSX.Element {
  const links = useLinks();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [why, setWhy] = useState('');
  const { preview, action, remove } = useRemoveApp({
    app: name,
    ...(environment && { environment: environment.name }),
  });
  const isKnown = preview.kind === 'ready';
  const keepsData = isKnown && preview.data.data.length > 0;
  const verb = environment ? `Remove from ${environment.title}` : 'Delete';
  const confirm = async () => {
    const isDone = await remove({
      confirm: typed,
      why: reasonOf(why),
    });
    if (!isDone) return;
    if (environment) onClose();
    // The page of a deleted app lists the data that it left.
    else navigate(keepsData ? links.app(name) : links.apps());
  };
  return (
    <ConfirmDialog
      title={
        environment
          ? `Remove ${title} from ${environment.title}`
          : `Delete ${title}`
      }
      width={600}
      action={action}
      confirm={isKnown ? verb : undefined}
      isReady={typed === name}
      isDestructive
      onConfirm={confirm}
      onClose={onClose}
    >
      <div aria-live="polite" className={styles.effects}>
        {preview.kind === 'failed' && <ProblemCard problem={preview.problem} />}
        {preview.kind === 'loading' && <Skeleton height={20} />}
        {preview.kind === 'ready' && <Ends does={preview.data} />}
      </div>
      {isKnown && (
        <>
          <TextField
            label={`Type ${name} to confirm`}
            autoComplete="off"
            spellCheck="false"
            value={typed}
            onChange={setTyped}
          />
          <WhyField value={why} onChange={setWhy} />
        </>
      )}
    </ConfirmDialog>
  );
}

function Ends({ does }: { does: AppRemoval }): JSX.Element {
  const nameOf = useClusterName();
  const places = does.environments.flatMap(({ title, clusters }) =>
    clusters.map(each => ({ ...each, title })),
  );
  return (
    <>
      <p className={styles.line}>{does.message}.</p>
      {places.length > 1 && (
        <ul className={styles.list}>
          {places.map(({ title, cluster, instances }) => (
            <li key={`${title} ${cluster}`}>
              {title}, {nameOf(cluster)}: {countOf(instances, 'instance')}
            </li>
          ))}
        </ul>
      )}
      {does.data.map(left => (
        <DataStays key={`${left.environment} ${left.cluster}`} left={left} />
      ))}
      {does.notes.map(note => (
        <p key={note} className={styles.quiet}>
          {note}.
        </p>
      ))}
    </>
  );
}
