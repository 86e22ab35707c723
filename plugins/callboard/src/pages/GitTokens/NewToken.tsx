import { Button } from '@backstage/ui';
import {
  CopyLine,
  dataOf,
  Panel,
  TimeLeft,
  usePushUrl,
} from '@callboard/plugin-callboard-react';
import type { CreatedToken } from './CreatedToken';
import styles from './GitTokens.module.css';

/** Selector for focusing the new token. */
export const NEW_TOKEN = '[data-new-git-token]';

const SOME_APP = '<app>';

/** The new token, shown this once, with the command that uses it. */
export function NewToken({
  token: { name, app, scope, token, expiresAt },
  onDismiss,
}: {
  token: CreatedToken;
  onDismiss: () => void;
}): JSX.Element {
  const url = dataOf(usePushUrl(app ?? SOME_APP));
  const title =
    app === undefined
      ? `The token ${name} is created`
      : `The token ${name} of ${app} is created`;
  return (
    <div role="group" aria-label={title} tabIndex={-1} data-new-git-token="">
      <Panel
        title={title}
        tone="info"
        foot={
          <Button variant="secondary" onPress={onDismiss}>
            I have kept it
          </Button>
        }
      >
        <div className={styles.lines}>
          <p>
            Copy it now: nobody can show it again.{' '}
            <TimeLeft
              until={expiresAt}
              before="It expires in "
              after="."
              over="It has expired."
            />
          </p>
          <CopyLine text={token} />
          {scope === 'api' && (
            <>
              <p>The command line asks for it, and keeps it for you alone:</p>
              <CopyLine
                text={`npx callboard login --portal ${window.location.origin}`}
              />
            </>
          )}
          {scope !== 'api' && url !== undefined && (
            <>
              <p>
                {app === undefined
                  ? 'It is the password of git, with any user name:'
                  : `It is the password of git, with any user name, for ${app} alone:`}
              </p>
              <CopyLine text={`git push ${withToken(url, token)} main`} />
            </>
          )}
        </div>
      </Panel>
    </div>
  );
}

function withToken(url: string, token: string): string {
  return url.replace(/^(https?:\/\/)(?:[^@/]*@)?/, `$1git:${token}@`);
}
