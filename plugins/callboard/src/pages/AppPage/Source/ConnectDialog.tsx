import { TextField } from '@backstage/ui';
import type { App } from '@callboard/plugin-callboard-common';
import { useChangeSource } from '@callboard/plugin-callboard-react';
import { useState } from 'react';
import { ConfirmDialog } from '../../ConfirmDialog';
import { reasonOf, WhyField } from '../../WhyField';
import styles from './SourcePanel.module.css';

/** Asks for the branch that an app follows, and describes the effect of the connection. */
export function ConnectDialog({
  app: { name, title, owner },
  onClose,
}: {
  app: App;
  onClose: () => void;
}): JSX.Element {
  const { action, connect } = useChangeSource(name);
  const [url, setUrl] = useState('');
  const [branch, setBranch] = useState('main');
  const [path, setPath] = useState('');
  const [why, setWhy] = useState('');
  const confirm = async () => {
    const reason = reasonOf(why);
    const isDone = await connect({
      url: url.trim(),
      branch: branch.trim() || 'main',
      ...(path.trim() !== '' && { path: path.trim() }),
      ...(reason !== undefined && { why: reason }),
    });
    if (isDone) onClose();
  };
  return (
    <ConfirmDialog
      title={`Connect ${title} to a repository`}
      width={600}
      action={action}
      confirm="Connect"
      isReady={url.trim() !== ''}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p className={styles.quiet}>
        Its newest commit is released at once, and every later one. Nobody
        pushes to the portal from then on. A repository that is not public says{' '}
        <code>owner: {owner}</code> under <code>spec</code> in its app.yaml.
      </p>
      <TextField
        label="Repository"
        description="As git clones it over HTTPS"
        placeholder="https://github.com/acme/shop"
        autoComplete="off"
        spellCheck="false"
        value={url}
        onChange={setUrl}
      />
      <TextField
        label="Branch"
        autoComplete="off"
        spellCheck="false"
        value={branch}
        onChange={setBranch}
      />
      <TextField
        label="Folder"
        description="Only where the repository holds more than this app"
        placeholder="services/api"
        autoComplete="off"
        spellCheck="false"
        value={path}
        onChange={setPath}
      />
      <WhyField value={why} onChange={setWhy} />
    </ConfirmDialog>
  );
}
