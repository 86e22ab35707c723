import { Button } from '@backstage/ui';
import { RiHistoryLine } from '@remixicon/react';
import { useInstant, useSetInstant } from '../instant';
import { formatInstant, formatMinute } from '../time';
import { Band } from './Band';
import styles from './PastBand.module.css';

/** Across the top of a page of the past: which instant it shows, and the way back to now. Nothing while it is now. */
export function PastBand(): JSX.Element | null {
  const at = useInstant();
  const setInstant = useSetInstant();
  if (!at) return null;
  const exact = formatInstant(at);
  return (
    <Band
      tone="info"
      role="status"
      icon={<RiHistoryLine />}
      action={
        <Button variant="secondary" onPress={() => setInstant(undefined)}>
          Back to now
        </Button>
      }
    >
      As it was on{' '}
      <time dateTime={at.toISOString()} title={exact}>
        <strong>{formatMinute(at)}</strong>
      </time>
      <span className={styles.note}>. Nothing can be changed here.</span>
    </Band>
  );
}
