import { Button } from '@backstage/ui';
import { RiHistoryLine } from '@remixicon/react';
import { useInstant, useSetInstant } from '../instant';
import { formatInstant, formatMinute } from '../time';
import styles from './PastBand.module.css';

/** Across the top of a page of the past: which instant it shows, and the way back to now. Nothing while it is now. */
export function PastBand(): JSX.Element | null {
  const at = useInstant();
  const setInstant = useSetInstant();
  if (!at) return null;
  const exact = formatInstant(at);
  return (
    <div className={styles.band} role="status">
      <RiHistoryLine className={styles.icon} aria-hidden="true" />
      <p className={styles.words}>
        As it was on{' '}
        <time dateTime={at.toISOString()} title={exact}>
          <strong>{formatMinute(at)}</strong>
        </time>
        <span className={styles.note}>. Nothing can be changed here.</span>
      </p>
      <Button variant="secondary" onPress={() => setInstant(undefined)}>
        Back to now
      </Button>
    </div>
  );
}
