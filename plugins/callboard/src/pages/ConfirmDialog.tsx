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
  /** Description of the effect. */
  children: ReactNode;
  /** State of the action; a refusal is shown below the effect. */
  action: Action;
  /** Label of the action's button; absent when the action no longer applies. */
  confirm?: string;
  /** False while the button is disabled. */
  isReady?: boolean;
  /** Text to type before the button is enabled; Enter then confirms. */
  typed?: { name: string; label: string };
  /** The effect cannot be reverted automatically. */
  isDestructive?: boolean;
  onConfirm: () => void;
  /** Buttons of alternative actions. */
  instead?: ReactNode;
  onClose: () => void;
}

/** Dialog that describes an action's effect before it is performed, and its refusal. */
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
