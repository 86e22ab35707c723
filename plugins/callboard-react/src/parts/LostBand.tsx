import { RiWifiOffLine } from '@remixicon/react';
import { formatInstant } from '../time';
import { formatSecond } from '../time/formatSecond';
import { useLostSince } from './LostScope';
import styles from './LostBand.module.css';

/** Across the top of a page while the portal does not answer: of when everything below is. Nothing while it answers. */
export function LostBand(): JSX.Element | null {
  const since = useLostSince();
  if (!since) return null;
  return (
    <div className={styles.band} role="alert">
      <RiWifiOffLine className={styles.icon} aria-hidden="true" />
      <p className={styles.words}>
        <strong>Callboard is not answering.</strong> Last data:{' '}
        <time dateTime={since.toISOString()} title={formatInstant(since)}>
          {formatSecond(since)}
        </time>
        . This page asks again by itself; nothing can be changed until then.
      </p>
    </div>
  );
}
