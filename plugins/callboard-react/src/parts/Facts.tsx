import { Fragment, type ReactNode } from 'react';
import styles from './Facts.module.css';

/** Labelled facts in two columns; those without a value are omitted. */
export function Facts({
  facts,
}: {
  facts: Record<string, ReactNode | undefined>;
}): JSX.Element {
  return (
    <dl className={styles.facts}>
      {Object.entries(facts)
        .filter(([, value]) => value !== undefined)
        .map(([label, value]) => (
          <Fragment key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
    </dl>
  );
}
