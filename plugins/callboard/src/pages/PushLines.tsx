import { CopyLine } from '@callboard/plugin-callboard-react';
import styles from './PushLines.module.css';

/** The very line that pushes an app, with the place of the token marked. */
export function PushLines({ cloneUrl }: { cloneUrl: string }): JSX.Element {
  return (
    <>
      <CopyLine text={`git push ${withToken(cloneUrl)} main`} />
      <p className={styles.note}>
        Put your token in place of <code>&lt;token&gt;</code>. Where the
        playground runs, <code>npm start</code> prints it with this line.
      </p>
    </>
  );
}

/** `http://dev:<token>@localhost:7007/…`. The token itself is never on a page. */
function withToken(cloneUrl: string): string {
  return cloneUrl.replace(/^(https?:\/\/)(?:[^@/]*@)?/, '$1dev:<token>@');
}
