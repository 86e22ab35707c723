import type { HealthStatus } from '@callboard/plugin-callboard-common';
import { formatSecond } from '../time/formatSecond';
import { HealthShape } from './HealthShape';
import { useLostSince } from './LostScope';
import { Prose } from './Prose';
import styles from './Sentence.module.css';

/** First line of a page: the answer in words. Announced politely when it changes. */
export function Sentence({
  children,
  status,
}: {
  children: string;
  status?: HealthStatus;
}): JSX.Element {
  const since = useLostSince();
  return (
    <p className={styles.sentence} role="status" aria-live="polite">
      {status && (
        <span className={styles.shape}>
          <HealthShape status={since ? 'Unknown' : status} size={18} />
        </span>
      )}
      <span>
        {since && `As of ${formatSecond(since)}: `}
        <Prose>{children}</Prose>
      </span>
    </p>
  );
}
