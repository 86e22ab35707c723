import type { ReactNode } from 'react';
import styles from './Band.module.css';

export interface BandProps {
  tone: 'info' | 'warning';
  /** `alert` interrupts a screen reader, `status` waits for a pause. */
  role: 'alert' | 'status';
  icon: ReactNode;
  /** A button at the end of the band. */
  action?: ReactNode;
  children: ReactNode;
}

/** A message across the top of a page about the whole page. It stays in view while the page scrolls. */
export function Band({
  tone,
  role,
  icon,
  action,
  children,
}: BandProps): JSX.Element {
  return (
    <div className={styles.band} data-tone={tone} role={role}>
      <span className={styles.icon} aria-hidden="true">
        {icon}
      </span>
      <p className={styles.words}>{children}</p>
      {action}
    </div>
  );
}
