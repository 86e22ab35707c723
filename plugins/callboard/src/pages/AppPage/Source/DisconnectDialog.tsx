import type { App, AppSource } from '@callboard/plugin-callboard-common';
import { useChangeSource } from '@callboard/plugin-callboard-react';
import { useState } from 'react';
import { ConfirmDialog } from '../../ConfirmDialog';
import { reasonOf, WhyField } from '../../WhyField';
import styles from './SourcePanel.module.css';

/** Describes the effect of disconnecting an app from its branch. */
export function DisconnectDialog({
  app: { name, title },
  source,
  onClose,
}: {
  app: App;
  source: AppSource;
  onClose: () => void;
}): JSX.Element {
  const { action, disconnect } = useChangeSource(name);
  const [why, setWhy] = useState('');
  const confirm = async () => {
    if (await disconnect(reasonOf(why))) onClose();
  };
  return (
    <ConfirmDialog
      title={`Disconnect ${title}`}
      width={560}
      action={action}
      confirm="Disconnect"
      onConfirm={confirm}
      onClose={onClose}
    >
      <p className={styles.quiet}>
        What is pushed to {source.branch} of {source.url} is not released any
        more. What runs stays, and the app can be pushed to again.
      </p>
      <WhyField value={why} onChange={setWhy} />
    </ConfirmDialog>
  );
}
