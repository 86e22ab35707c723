import {
  describeSpan,
  type JournalEntry,
} from '@callboard/plugin-callboard-common';
import { Age } from './Age';
import { describeActor } from './describeActor';
import { Prose } from './Prose';
import styles from './ChangeList.module.css';

const DELAY_MS = 5_000; // an agent that is connected tells sooner; less is not worth a word

/** What changed, newest first: when, what, who and why, and how much later it was told. */
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
        <li key={entry.hash} className={styles.item}>
          <p className={styles.message}>
            <Prose>{entry.message}</Prose>
          </p>
          <p className={styles.who}>
            <Age at={entry.at} after=" ago" />
            {[nameUnlessTold(entry), entry.why, describeDelay(entry)]
              .filter(Boolean)
              .map(part => ` · ${part}`)}
          </p>
        </li>
      ))}
    </ul>
  );
}

/** Pages of that time could not show it: it was told once the cluster was back. */
function describeDelay({ at, recordedAt }: JournalEntry): string | undefined {
  if (recordedAt === undefined) return undefined;
  const delayMs = Date.parse(recordedAt) - Date.parse(at);
  return delayMs >= DELAY_MS
    ? `reported ${describeSpan(delayMs)} later, when the cluster was back`
    : undefined;
}

/** Most sentences begin with who acted; the name is not written twice. */
function nameUnlessTold({ actor, message }: JournalEntry): string | undefined {
  const name = describeActor(actor);
  return message.includes(name) ? undefined : name;
}
