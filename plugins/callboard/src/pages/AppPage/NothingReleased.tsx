import type { App } from '@callboard/plugin-callboard-common';
import { Panel } from '@callboard/plugin-callboard-react';
import { WorkOnIt } from '../WorkOnIt';
import { BuildPanel } from './BuildPanel';
import styles from './AppContent.module.css';

/** An app without a release: its running build, or otherwise the command that makes the first release. */
export function NothingReleased({ app }: { app: App }): JSX.Element {
  return (
    <div className={styles.content}>
      {app.build && <BuildPanel app={app.name} build={app.build} />}
      {app.build?.state !== 'building' && (
        <Panel title="Push a revision to release it">
          <WorkOnIt cloneUrl={app.repository.cloneUrl} />
        </Panel>
      )}
    </div>
  );
}
