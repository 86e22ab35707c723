import { Button } from '@backstage/ui';
import type { App, AppSource } from '@callboard/plugin-callboard-common';
import {
  Age,
  dataOf,
  Facts,
  Panel,
  ProblemCard,
  describeActor,
  useChangeSource,
  useSource,
} from '@callboard/plugin-callboard-react';
import { useState } from 'react';
import { WorkOnIt } from '../../WorkOnIt';
import { ConnectDialog } from './ConnectDialog';
import { DisconnectDialog } from './DisconnectDialog';
import styles from './SourcePanel.module.css';

const SHOWN_OF_COMMIT = 7;

/** Source of an app's code: pushes to the portal, with the commands, or a branch that it follows. */
export function SourcePanel({ app }: { app: App }): JSX.Element {
  const answer = dataOf(useSource(app.name));
  const [dialog, setDialog] = useState<'connect' | 'disconnect'>();
  const close = () => setDialog(undefined);
  if (answer?.source)
    return (
      <Panel title="Source">
        <Followed
          app={app.name}
          source={answer.source}
          onDisconnect={() => setDialog('disconnect')}
        />
        {dialog === 'disconnect' && (
          <DisconnectDialog app={app} source={answer.source} onClose={close} />
        )}
      </Panel>
    );
  return (
    <Panel title="Work on it">
      <WorkOnIt cloneUrl={app.repository.cloneUrl} />
      {answer && answer.hosts.length > 0 && (
        <div className={styles.instead}>
          <p className={styles.quiet}>
            Is the code on {listOf(answer.hosts)} already?
          </p>
          <Button variant="secondary" onPress={() => setDialog('connect')}>
            Connect a repository
          </Button>
        </div>
      )}
      {dialog === 'connect' && <ConnectDialog app={app} onClose={close} />}
    </Panel>
  );
}

function Followed({
  app,
  source,
  onDisconnect,
}: {
  app: string;
  source: AppSource;
  onDisconnect: () => void;
}): JSX.Element {
  const { action, refresh } = useChangeSource(app);
  const { url, branch, path, commit, checkedAt, problem } = source;
  const refused =
    problem && !problem.transient && commit !== undefined ? commit : undefined;
  return (
    <div className={styles.followed}>
      <Facts
        facts={{
          Repository: (
            <a href={url} target="_blank" rel="noopener noreferrer">
              {url.replace(/^https?:\/\//, '')}
            </a>
          ),
          Branch: branch,
          Folder: path,
          Commit: commit && <code>{commit.slice(0, SHOWN_OF_COMMIT)}</code>,
          Checked: checkedAt && (
            <>
              <Age at={checkedAt} /> ago
            </>
          ),
          Connected: (
            <>
              <Age at={source.connectedAt} /> ago by{' '}
              {describeActor(source.connectedBy)}
            </>
          ),
        }}
      />
      {problem && (
        <>
          <p className={styles.quiet}>
            {refused
              ? `Commit ${refused.slice(
                  0,
                  SHOWN_OF_COMMIT,
                )} is not released. What ran before runs on.`
              : 'What is new there is not known. What runs is not changed by this.'}
          </p>
          <ProblemCard problem={problem} />
        </>
      )}
      {action.kind === 'refused' && <ProblemCard problem={action.problem} />}
      <div className={styles.buttons}>
        <Button
          variant="secondary"
          isPending={action.kind === 'running'}
          onPress={() => void refresh()}
        >
          Check now
        </Button>
        <Button variant="tertiary" onPress={onDisconnect}>
          Disconnect
        </Button>
      </div>
    </div>
  );
}

/** `GitHub`, `GitHub or GitLab`, `Bitbucket, GitHub or GitLab` */
function listOf(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2
    ? last
    : `${names.slice(0, -1).join(', ')} or ${last}`;
}
