import { countOf } from '@callboard/plugin-callboard-common';
import type { JournalGroup } from '@callboard/plugin-callboard-core';
import {
  Age,
  ChangeList,
  describeActor,
  isSource,
} from '@callboard/plugin-callboard-react';
import styles from './History.module.css';

/** A push, promotion or rollback with its entries folded, or a single entry. */
export function GroupRow({ group }: { group: JournalGroup }): JSX.Element {
  const { entries, at } = group;
  if (entries.length === 1 && group.kind !== 'push')
    return (
      <li className={styles.group}>
        <ChangeList entries={entries} />
      </li>
    );
  const [newest] = entries;
  return (
    <li className={styles.group}>
      <details>
        <summary className={styles.summary}>
          <span className={styles.message}>{titleOf(group)}</span>
          <span className={styles.who}>
            <Age at={at} after=" ago" />
            {entries.length > 1 && ` · ${newest.message}`}
            {` · ${countOf(entries.length, 'entry', 'entries')}`}
          </span>
        </summary>
        <div className={styles.entries}>
          <ChangeList entries={entries} />
        </div>
      </details>
    </li>
  );
}

/** `ana pushed “Fix rounding” → release 44`, `“Fix rounding” came from its repository → release 44` */
function titleOf({
  kind,
  actor,
  commitMessage,
  release,
  entries,
}: JournalGroup): string {
  const first = entries[entries.length - 1];
  if (kind !== 'push' || commitMessage === undefined) return first.message;
  const pushed = isSource(actor)
    ? `“${commitMessage}” came from its repository`
    : `${describeActor(actor)} pushed “${commitMessage}”`;
  if (entries.some(({ action }) => action === 'build.failed'))
    return `${pushed} → build failed`;
  return release === undefined ? pushed : `${pushed} → release ${release}`;
}
