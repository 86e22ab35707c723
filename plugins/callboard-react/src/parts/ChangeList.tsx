import {
  describeSpan,
  type JournalEntry,
} from '@callboard/plugin-callboard-common';
import { Age } from './Age';
import { describeActor } from './describeActor';
import { Prose } from './Prose';
import styles from './ChangeList.module.css';

const DELAY_MS = 5_000; // a connected agent reports sooner; a shorter delay is not worth mentioning

/** Changes, newest first: time, sentence, actor and reason, and the delay with which each was reported. */
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

/** Pages of that time could not show the change: it was reported once the cluster was back. */
function describeDelay({ at, recordedAt }: JournalEntry): string | undefined {
  if (recordedAt === undefined) return undefined;
  const delayMs = Date.parse(recordedAt) - Date.parse(at);
  return delayMs >= DELAY_MS
    ? `reported ${describeSpan(delayMs)} later, when the cluster was back`
    : undefined;
}

/** Most sentences start with the actor; the name is not repeated. */
function nameUnlessTold({ actor, message }: JournalEntry): string | undefined {
  const name = describeActor(actor);
  return message.includes(name) ? undefined : name;
}
