import type { DataLeft } from '@callboard/plugin-callboard-common';
import { Prose } from '@callboard/plugin-callboard-react';
import styles from './DataStays.module.css';

/** Describes, before data is left behind, what happens to it: it is neither moved nor deleted automatically. */
export function DataStays({
  left: { app, sentence, isListed, deletedBy },
}: {
  left: DataLeft;
}): JSX.Element {
  return (
    <div>
      <p className={styles.line}>
        <Prose>{`${sentence}.`}</Prose>
      </p>
      <p className={`${styles.line} ${styles.quiet}`}>
        {isListed ? (
          `Kept until somebody deletes it by name, afterwards on the page of ${app}.`
        ) : (
          <>
            Kept until somebody deletes it there, afterwards:{' '}
            <code className={styles.command}>{deletedBy}</code>
          </>
        )}
      </p>
    </div>
  );
}
