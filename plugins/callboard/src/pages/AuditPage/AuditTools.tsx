import { ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import type { AuditRow } from '@callboard/plugin-callboard-common';
import { SearchBox, useUrlState } from '@callboard/plugin-callboard-react';
import styles from './AuditPage.module.css';

/** `q`: words of a row; `show`: all rows, or those with a problem. */
export const AUDIT_ADDRESS = { q: '', show: 'all' };

/** Filters of the audit's rows. */
export function AuditTools(): JSX.Element {
  const [{ q, show }, setAddress] = useUrlState(AUDIT_ADDRESS);
  return (
    <div className={styles.tools}>
      <div className={styles.search}>
        <SearchBox
          label="Search app, owner, cluster"
          value={q}
          onChange={text => setAddress({ q: text })}
        />
      </div>
      <ToggleButtonGroup
        aria-label="Which apps"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[show === 'deviations' ? show : 'all']}
        onSelectionChange={([key]) => setAddress({ show: String(key) })}
      >
        <ToggleButton id="all">All</ToggleButton>
        <ToggleButton id="deviations">Not as it should be</ToggleButton>
      </ToggleButtonGroup>
    </div>
  );
}

/** Selects rows that pass the filter and contain every word. */
export function filterRows(
  rows: readonly AuditRow[],
  {
    q,
    show,
    nameOf,
  }: { q: string; show: string; nameOf: (cluster: string) => string },
): AuditRow[] {
  const words = q.toLocaleLowerCase('en').split(/\s+/).filter(Boolean);
  return rows.filter(row => {
    if (show === 'deviations' && row.verdict.kind === 'compliant') return false;
    const clusters = [...row.decided, ...row.actual].map(nameOf);
    const text = [row.app, row.title, row.owner, ...clusters]
      .join(' ')
      .toLocaleLowerCase('en');
    return words.every(word => text.includes(word));
  });
}
