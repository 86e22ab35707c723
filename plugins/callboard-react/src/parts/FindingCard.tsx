import type { Finding } from '@callboard/plugin-callboard-common';
import type { ReactNode } from 'react';
import { Age } from './Age';
import { Panel } from './Panel';
import styles from './FindingCard.module.css';

export interface FindingCardProps {
  finding: Finding;
  /** The next step as buttons: roll back, open logs. */
  action?: ReactNode;
}

/** What is wrong, its evidence, since when and what changed before, what to do next, and how sure we are. */
export function FindingCard({
  finding,
  action,
}: FindingCardProps): JSX.Element {
  return (
    <Panel
      title={finding.what}
      tone="danger"
      aside={finding.since && <Age at={finding.since} before="for " />}
      foot={action}
    >
      <div className={styles.grid}>
        {finding.evidence.length > 0 && (
          <dl className={styles.facts}>
            {finding.evidence.map(({ label, value }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        )}
        {finding.logTail.length > 0 && (
          <pre
            className={styles.log}
            // A long output scrolls, so the keyboard must reach it.
            // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
            tabIndex={0}
            aria-label="Last lines of its output"
          >
            {finding.logTail.join('\n')}
          </pre>
        )}
        {finding.changedBefore && (
          <p className={styles.line}>
            <span className={styles.quiet}>Just before: </span>
            {finding.changedBefore}
          </p>
        )}
        <p className={styles.line}>
          <strong>{finding.next}</strong>{' '}
          <span className={styles.quiet}>
            {finding.confidence === 'certain'
              ? 'The cluster names this cause.'
              : 'This cause fits best what was seen.'}
          </span>
        </p>
      </div>
    </Panel>
  );
}
