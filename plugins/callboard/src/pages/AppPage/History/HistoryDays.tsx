import type { JournalEntry } from '@callboard/plugin-callboard-common';
import {
  type JournalGroup,
  groupEntries,
} from '@callboard/plugin-callboard-core';
import { ChangeList, formatDay } from '@callboard/plugin-callboard-react';
import { GroupRow } from './GroupRow';
import styles from './History.module.css';

/** Entries grouped by day, those of one push or promotion together. */
export function HistoryDays({
  entries,
}: {
  entries: JournalEntry[];
}): JSX.Element {
  if (entries.length === 0) return <ChangeList entries={[]} />;
  return (
    <>
      {daysOf(groupEntries(entries)).map(({ day, groups }) => (
        <section key={day} className={styles.day} aria-label={day}>
          <h3 className={styles.heading}>{day}</h3>
          <ul className={styles.groups}>
            {groups.map(group => (
              <GroupRow key={group.id} group={group} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function daysOf(
  groups: readonly JournalGroup[],
): Array<{ day: string; groups: JournalGroup[] }> {
  const days: Array<{ day: string; groups: JournalGroup[] }> = [];
  for (const group of groups) {
    const day = formatDay(new Date(group.at));
    const last = days.at(-1);
    if (last?.day === day) last.groups.push(group);
    else days.push({ day, groups: [group] });
  }
  return days;
}
