import type { ReactNode } from 'react';
import { useLostSince } from './LostScope';
import styles from './WhileConnected.module.css';

/** Title of disabled actions. */
export const NOT_CONNECTED =
  'Callboard is not answering, so nothing can be changed';

/** Actions that are disabled, with the reason, while the portal does not answer. */
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
