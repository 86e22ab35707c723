import type { ReactNode } from 'react';
import styles from './Settings.module.css';

/** What will be done, as a list that follows what is chosen. */
export function Effects({
  before,
  warnings = [],
  effects,
}: {
  /** What becomes of the setting itself. */
  before?: ReactNode;
  warnings?: readonly string[];
  /** What becomes of what runs. */
  effects: readonly string[];
}): JSX.Element {
  return (
    <ul className={styles.effects} aria-live="polite">
      {before && <li>{before}</li>}
      {warnings.map(warning => (
        <li key={warning} className={styles.warning}>
          {warning}
        </li>
      ))}
      {effects.map(effect => (
        <li key={effect}>{effect}</li>
      ))}
    </ul>
  );
}
