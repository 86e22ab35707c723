import { Skeleton, TextField } from '@backstage/ui';
import type { App } from '@callboard/plugin-callboard-common';
import {
  dataOf,
  ProblemCard,
  useChangeApp,
} from '@callboard/plugin-callboard-react';
import { useEffect, useState } from 'react';
import { ConfirmDialog } from '../ConfirmDialog';
import { reasonOf, WhyField } from '../WhyField';
import styles from './OperateDialog.module.css';

const TYPED_MS = 300; // delay before typed text is sent for a preview

export interface ChangeAppDialogProps {
  app: App;
  /** The fields to change: owner, or title and description. */
  what: 'card' | 'owner';
  onClose: () => void;
}

/** Previews a new title, description or owner of an app, and makes the change. */
export function ChangeAppDialog({
  app,
  what,
  onClose,
}: ChangeAppDialogProps): JSX.Element {
  const [title, setTitle] = useState(app.title);
  const [description, setDescription] = useState(app.description ?? '');
  const [owner, setOwner] = useState('');
  const [why, setWhy] = useState('');
  // The preview and the change use the same settled values: more typing asks for another
  // preview first.
  const wanted = useSettled({
    ...(owner.trim() !== '' && { owner: owner.trim() }),
    ...(title !== app.title && { title }),
    ...(description !== (app.description ?? '') && { description }),
  });
  const { preview, action, change } = useChangeApp({
    app: app.name,
    ...wanted,
  });
  const does = dataOf(preview);
  const isAsked = Object.keys(wanted).length > 0;
  const isKnown = isAsked && preview.kind === 'ready' && does?.changes === true;
  const verb = what === 'owner' ? 'Transfer' : 'Save';
  const confirm = async () => {
    const isDone = await change({ why: reasonOf(why) });
    if (isDone) onClose();
  };
  return (
    <ConfirmDialog
      title={
        what === 'owner' ? `Transfer ${app.title}` : `Describe ${app.title}`
      }
      width={560}
      action={action}
      confirm={isKnown ? verb : undefined}
      onConfirm={confirm}
      onClose={onClose}
    >
      {what === 'owner' ? (
        <TextField
          label="New owner"
          description="A group or user of the catalog, such as group:default/payments"
          autoComplete="off"
          spellCheck="false"
          maxLength={255}
          value={owner}
          onChange={setOwner}
        />
      ) : (
        <>
          <TextField
            label="Title"
            description={`Empty for its name, ${app.name}`}
            autoComplete="off"
            maxLength={100}
            value={title}
            onChange={setTitle}
          />
          <TextField
            label="Description"
            description="What it is for, in a sentence"
            autoComplete="off"
            maxLength={500}
            value={description}
            onChange={setDescription}
          />
        </>
      )}
      <div aria-live="polite" className={styles.effects}>
        {isAsked && preview.kind === 'failed' && (
          <ProblemCard problem={preview.problem} />
        )}
        {isAsked && preview.kind === 'loading' && <Skeleton height={20} />}
        {isAsked && preview.kind === 'ready' && (
          <>
            <p className={styles.line}>{preview.data.message}.</p>
            {preview.data.notes.map(note => (
              <p key={note} className={styles.quiet}>
                {note}.
              </p>
            ))}
          </>
        )}
      </div>
      {isKnown && <WhyField value={why} onChange={setWhy} />}
    </ConfirmDialog>
  );
}

interface Wanted {
  title?: string;
  description?: string;
  owner?: string;
}

/** The values once typing has paused. */
function useSettled(wanted: Wanted): Wanted {
  const { title, description, owner } = wanted;
  const [settled, setSettled] = useState(wanted);
  useEffect(() => {
    const timer = setTimeout(
      () =>
        setSettled({
          ...(title !== undefined && { title }),
          ...(description !== undefined && { description }),
          ...(owner !== undefined && { owner }),
        }),
      TYPED_MS,
    );
    return () => clearTimeout(timer);
  }, [title, description, owner]);
  return settled;
}
