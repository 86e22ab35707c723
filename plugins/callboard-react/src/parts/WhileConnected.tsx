import type { ReactNode } from 'react';
import { useLostSince } from './LostScope';
import styles from './WhileConnected.module.css';

/** Why nothing acts, on what is switched off. */
export const NOT_CONNECTED =
  'Callboard is not answering, so nothing can be changed';

/** What acts: switched off, with the reason, while the portal does not answer. */
export function WhileConnected({
  children,
}: {
  children: ReactNode;
}): JSX.Element {
  const isLost = useLostSince() !== undefined;
  return (
    <fieldset
      className={styles.actions}
      disabled={isLost}
      {...(isLost && { title: NOT_CONNECTED, 'aria-label': NOT_CONNECTED })}
    >
      {children}
    </fieldset>
  );
}
