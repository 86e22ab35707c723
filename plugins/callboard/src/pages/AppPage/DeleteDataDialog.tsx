import { type KeptData, listOf } from '@callboard/plugin-callboard-common';
import {
  Prose,
  useClusterName,
  useDeleteData,
} from '@callboard/plugin-callboard-react';
import { ConfirmDialog } from '../ConfirmDialog';
import styles from './DeleteDataDialog.module.css';

/**
 * Names the data on a cluster that will be lost, and asks for the app's name
 * before it is deleted. On a cluster that is not registered, the data is only
 * removed from the list.
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
  const verb = isClusterRegistered ? 'Delete' : 'Forget';
  const confirm = async () => {
    if (await remove()) onClose();
  };
  const names = resources.map(({ name }) => name);
  return (
    <ConfirmDialog
      title={`${verb} data of ${app} on ${where}`}
      width={560}
      action={action}
      typed={{ name: app, label: `Type ${app} to ${verb.toLowerCase()} it` }}
      confirm={`${verb} the data`}
      isDestructive
      onConfirm={confirm}
      onClose={onClose}
    >
      <p className={styles.line}>
        <Prose>{`${sentence}.`}</Prose>
      </p>
      <ul className={styles.effects}>
        {isClusterRegistered ? (
          <>
            <li>
              Everything in {listOf(names, names.length)} of {environmentTitle}{' '}
              on {where} is lost, with its passwords there. It cannot be undone.
            </li>
            <li>What runs on other clusters, and its data, stays.</li>
          </>
        ) : (
          <>
            <li>
              Nothing is deleted: the data of {environmentTitle} is struck off
              this list, and does not come back to it.
            </li>
            <li>Who reaches {where} deletes it there.</li>
          </>
        )}
      </ul>
    </ConfirmDialog>
  );
}
