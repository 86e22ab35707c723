import type {
  Problem,
  SourceLocation,
} from '@callboard/plugin-callboard-common';
import type { ReactNode } from 'react';
import { Panel } from './Panel';
import { Prose } from './Prose';
import styles from './ProblemCard.module.css';

export interface ProblemCardProps {
  problem: Problem;
  /** A button for the next step. */
  action?: ReactNode;
  tone?: 'danger' | 'warning';
}

/** A problem in words: what, why, and what to do next. */
export function ProblemCard({
  problem,
  action,
  tone = 'danger',
}: ProblemCardProps): JSX.Element {
  return (
    <div role="alert">
      <Panel title={problem.what} tone={tone} foot={action}>
        <p className={styles.why}>
          <Prose>{asSentence(problem.why)}</Prose>
        </p>
        {problem.at && (
          <p className={styles.place}>{describePlace(problem.at)}</p>
        )}
        <p className={styles.next}>
          <Prose>{asSentence(problem.next)}</Prose>
        </p>
      </Panel>
    </div>
  );
}

/** Problems have no full stop and causes are in lower case; alone on a line they are shown as sentences. */
function asSentence(text: string): string {
  const first = text.charAt(0).toLocaleUpperCase('en');
  return `${first}${text.slice(1)}${/[.!?…]$/.test(text) ? '' : '.'}`;
}

function describePlace({ file, path, line, column }: SourceLocation): string {
  const position = [line, column].filter(part => part !== undefined).join(':');
  return [position === '' ? file : `${file}:${position}`, path]
    .filter(part => part !== undefined)
    .join(' · ');
}
