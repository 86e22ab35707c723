import type { JournalEntry } from '@callboard/plugin-callboard-common';
import { Age } from './Age';
import { describeActor } from './describeActor';
import styles from './ChangeList.module.css';

/** What changed, newest first: when, what, who and why. */
export function ChangeList({
  entries,
}: {
  entries: JournalEntry[];
}): JSX.Element {
  if (entries.length === 0)
    return <p className={styles.empty}>Nothing has changed yet.</p>;
  return (
    <ul className={styles.list}>
      {entries.map(entry => (
        <li key={entry.sequence} className={styles.item}>
          <span className={styles.when}>
            <Age at={entry.at} after=" ago" />
          </span>
          <div>
            <p className={styles.message}>{entry.message}</p>
            <p className={styles.who}>
              {describeActor(entry.actor)}
              {entry.why && ` · ${entry.why}`}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
