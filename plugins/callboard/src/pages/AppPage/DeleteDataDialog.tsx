import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  TextField,
} from '@backstage/ui';
import { type KeptData, listOf } from '@callboard/plugin-callboard-common';
import {
  ProblemCard,
  Prose,
  Surface,
  useClusterName,
  useDeleteData,
} from '@callboard/plugin-callboard-react';
import { type FormEvent, useState } from 'react';
import dialogStyles from '../ConfirmDialog.module.css';
import styles from './DeleteDataDialog.module.css';

/**
 * Says what is lost before data is deleted that an app left on a cluster, and
 * asks for the app's name. On a cluster that is not registered it is only
 * forgotten.
 */
export function DeleteDataDialog({
  data: {
    app,
    environment,
    environmentTitle,
    cluster,
    isClusterRegistered,
    resources,
    sentence,
  },
  onClose,
}: {
  data: KeptData;
  onClose: () => void;
}): JSX.Element {
  const where = useClusterName()(cluster);
  const { action, remove } = useDeleteData(
    { app, environment, cluster },
    { forget: !isClusterRegistered },
  );
  const [typed, setTyped] = useState('');
  const isSure = typed === app;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isSure && (await remove())) onClose();
  };
  const names = resources.map(({ name }) => name);
  return (
    <Dialog isOpen onOpenChange={isOpen => !isOpen && onClose()} width={560}>
      <DialogHeader>
        {isClusterRegistered ? 'Delete' : 'Forget'} data of {app} on {where}
      </DialogHeader>
      <form className={styles.form} onSubmit={submit}>
        <DialogBody>
          <Surface>
            <div className={dialogStyles.body}>
              <p className={styles.line}>
                <Prose>{`${sentence}.`}</Prose>
              </p>
              <ul className={styles.effects}>
                {isClusterRegistered ? (
                  <>
                    <li>
                      Everything in {listOf(names, names.length)} of{' '}
                      {environmentTitle} on {where} is lost, with its passwords
                      there. It cannot be undone.
                    </li>
                    <li>What runs on other clusters, and its data, stays.</li>
                  </>
                ) : (
                  <>
                    <li>
                      Nothing is deleted: the data of {environmentTitle} is
                      struck off this list, and does not come back to it.
                    </li>
                    <li>Who reaches {where} deletes it there.</li>
                  </>
                )}
              </ul>
              <TextField
                label={`Type ${app} to ${
                  isClusterRegistered ? 'delete' : 'forget'
                } it`}
                autoComplete="off"
                spellCheck="false"
                value={typed}
                onChange={setTyped}
              />
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
            {isClusterRegistered ? 'Delete the data' : 'Forget the data'}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
