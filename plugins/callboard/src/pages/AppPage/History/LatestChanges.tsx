import type { JournalEntry } from '@callboard/plugin-callboard-common';
import { groupEntries } from '@callboard/plugin-callboard-core';
import { ChangeList } from '@callboard/plugin-callboard-react';
import { GroupRow } from './GroupRow';
import styles from './History.module.css';

/** The latest pushes, promotions and other changes, newest first: one line each, with its entries folded. */
export function LatestChanges({
  entries,
  most,
}: {
  entries: JournalEntry[];
  most: number;
}): JSX.Element {
  if (entries.length === 0) return <ChangeList entries={[]} />;
  return (
    <ul className={styles.groups}>
      {groupEntries(entries)
        .slice(0, most)
        .map(group => (
          <GroupRow key={group.id} group={group} />
        ))}
    </ul>
  );
}
