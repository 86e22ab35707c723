import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  TextField,
} from '@backstage/ui';
import {
  type Action,
  NOT_CONNECTED,
  ProblemCard,
  Surface,
  useLostSince,
} from '@callboard/plugin-callboard-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import styles from './ConfirmDialog.module.css';

export interface ConfirmDialogProps {
  title: ReactNode;
  /** Pixels. */
  width: number;
  /** What will be done, before it is done. */
  children: ReactNode;
  /** How the action stands; a refusal is shown below what it would do. */
  action: Action;
  /** Name of the action, on its button; absent where it makes no sense any more. */
  confirm?: string;
  /** False while it cannot be pressed yet. */
  isReady?: boolean;
  /** What has to be typed first; Enter then confirms. */
  typed?: { name: string; label: string };
  /** What it ends does not come back by itself. */
  isDestructive?: boolean;
  onConfirm: () => void;
  /** What can be done instead, as buttons. */
  instead?: ReactNode;
  onClose: () => void;
}

/** Says what an action will do before it does it, and why it was refused. */
export function ConfirmDialog({
  title,
  width,
  children,
  action,
  confirm,
  isReady = true,
  typed,
  isDestructive = false,
  onConfirm,
  instead,
  onClose,
}: ConfirmDialogProps): JSX.Element {
  const isLost = useLostSince() !== undefined;
  const [text, setText] = useState('');
  const isSure = typed === undefined || text === typed.name;
  const isOffered = isReady && isSure && !isLost;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed && isOffered) onConfirm();
  };
  return (
    <Dialog isOpen onOpenChange={isOpen => !isOpen && onClose()} width={width}>
      <DialogHeader>{title}</DialogHeader>
      <form className={styles.form} onSubmit={submit}>
        <DialogBody>
          <Surface>
            <div className={styles.body}>
              {children}
              {typed && (
                <TextField
                  label={typed.label}
                  autoComplete="off"
                  spellCheck="false"
                  value={text}
                  onChange={setText}
                />
              )}
              {isLost && <p role="status">{NOT_CONNECTED}.</p>}
              {action.kind === 'refused' && (
                <ProblemCard problem={action.problem} />
              )}
            </div>
          </Surface>
        </DialogBody>
        <DialogFooter className={styles.foot}>
          <Button variant="secondary" onPress={onClose}>
            {confirm === undefined ? 'Close' : 'Cancel'}
          </Button>
          {instead}
          {confirm !== undefined && (
            <Button
              isDisabled={!isOffered}
              destructive={isDestructive}
              isPending={action.kind === 'running'}
              {...(typed ? { type: 'submit' } : { onPress: onConfirm })}
            >
              {confirm}
            </Button>
          )}
        </DialogFooter>
      </form>
    </Dialog>
  );
}
