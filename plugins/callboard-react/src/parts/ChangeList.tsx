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
          <p className={styles.message}>{entry.message}</p>
          <p className={styles.who}>
            <Age at={entry.at} after=" ago" />
            {[nameUnlessTold(entry), entry.why]
              .filter(Boolean)
              .map(part => ` · ${part}`)}
          </p>
        </li>
      ))}
    </ul>
  );
}

/** Most sentences begin with who acted; the name is not written twice. */
function nameUnlessTold({ actor, message }: JournalEntry): string | undefined {
  const name = describeActor(actor);
  return message.includes(name) ? undefined : name;
}
