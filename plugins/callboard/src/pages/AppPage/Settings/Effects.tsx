import type { ReactNode } from 'react';
import styles from './Settings.module.css';

/** List of effects, following the current choice. */
export function Effects({
  before,
  warnings = [],
  effects,
}: {
  /** Effect on the setting itself. */
  before?: ReactNode;
  warnings?: readonly string[];
  /** Effects on running workloads. */
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
