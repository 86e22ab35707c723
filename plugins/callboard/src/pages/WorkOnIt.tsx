import { CopyLine } from '@callboard/plugin-callboard-react';
import styles from './WorkOnIt.module.css';

export interface WorkOnItProps {
  cloneUrl: string;
  /** For an app that was never pushed: there is nothing to clone. */
  isNew?: boolean;
}

/** Commands that clone and push an app, with a placeholder for the token, and whose token it is. */
export function WorkOnIt({ cloneUrl, isNew }: WorkOnItProps): JSX.Element {
  const address = withToken(cloneUrl);
  return (
    <div className={styles.lines}>
      {isNew ? (
        <CopyLine text={`git push ${address} main`} />
      ) : (
        <>
          <p className={styles.step}>Clone it once:</p>
          <CopyLine text={`git clone ${address}`} />
          <p className={styles.step}>
            Commit, then push; the push says how it goes:
          </p>
          <CopyLine text="git push origin main" />
          <p className={styles.step}>
            From a repository that you have already:
          </p>
          <CopyLine text={`git push ${address} main`} />
        </>
      )}
      <p className={styles.note}>
        Put a git token of your own in place of <code>&lt;token&gt;</code>: it
        pushes in your name, to apps of yours and of your teams. You create it
        on your settings page, under Tokens; where the playground runs,{' '}
        <code>npm start</code> prints one with this line.
      </p>
    </div>
  );
}

/** `http://dev:<token>@localhost:7007/…`. The token itself is never shown. */
function withToken(cloneUrl: string): string {
  return cloneUrl.replace(/^(https?:\/\/)(?:[^@/]*@)?/, '$1dev:<token>@');
}
