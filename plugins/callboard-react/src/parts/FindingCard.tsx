import type { Finding } from '@callboard/plugin-callboard-common';
import {
  describeConfidence,
  endSentence,
} from '@callboard/plugin-callboard-core';
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { Age } from './Age';
import { Panel } from './Panel';
import { Prose } from './Prose';
import styles from './FindingCard.module.css';

export interface FindingCardProps {
  finding: Finding;
  /** The next step as buttons: roll back, open logs. */
  action?: ReactNode;
}

/** A finding with its evidence, start, preceding change, next step and certainty. */
export function FindingCard({
  finding,
  action,
}: FindingCardProps): JSX.Element {
  const log = useRef<HTMLPreElement>(null);
  const lastLine = finding.logTail[finding.logTail.length - 1];
  useLayoutEffect(() => {
    // The last lines say most.
    if (log.current) log.current.scrollTop = log.current.scrollHeight;
  }, [lastLine]);
  return (
    <Panel
      title={finding.what}
      tone="danger"
      aside={finding.since && <Age at={finding.since} before="for " />}
      foot={action}
    >
      <div className={styles.grid}>
        {finding.excerpt && (
          <pre
            className={`${styles.log} ${styles.error}`}
            aria-label="The error in its output"
          >
            {finding.excerpt.join('\n')}
          </pre>
        )}
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
        {hasMore(finding) && (
          <pre
            ref={log}
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
            <Prose>{finding.changedBefore}</Prose>
          </p>
        )}
        <p className={styles.line}>
          <strong>
            <Prose>{endSentence(finding.next)}</Prose>
          </strong>
        </p>
        <p className={`${styles.line} ${styles.sure}`}>
          {describeConfidence(finding.confidence)}.
        </p>
      </div>
    </Panel>
  );
}

/** Whether the output contains more than the error that is already shown. */
function hasMore({ excerpt = [], logTail }: Finding): boolean {
  return logTail.some(line => !excerpt.includes(line));
}
