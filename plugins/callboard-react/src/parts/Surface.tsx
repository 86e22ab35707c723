import type { ReactNode } from 'react';
import styles from './Surface.module.css';

/** Base styles of pages, tabs, cards and dialogs: text, readable colours and focus in both themes. */
export function Surface({ children }: { children: ReactNode }): JSX.Element {
  return <div className={styles.surface}>{children}</div>;
}
