import {
  type EnvironmentSummary,
  countOf,
} from '@callboard/plugin-callboard-common';
import { Prose, describeEntity } from '@callboard/plugin-callboard-react';
import styles from './EnvironmentsPage.module.css';

/** The promotion path: environments as steps, and on each arrow who approves. */
export function PromotionPath({
  environments,
}: {
  environments: readonly EnvironmentSummary[];
}): JSX.Element {
  const titles = new Map(environments.map(({ name, title }) => [name, title]));
  return (
    <ol className={styles.path} aria-label="The way of a release">
      {environments.map(({ name, title, promotion, clusters, apps }) => (
        <li key={name} className={styles.step}>
          <span className={styles.arrow}>
            {promotion?.from === undefined
              ? 'a push →'
              : `from ${titles.get(promotion.from) ?? promotion.from} →`}
            {promotion?.approval !== undefined && (
              <span className={styles.approval}>
                approval: {describeEntity(promotion.approval)}
              </span>
            )}
          </span>
          <a className={styles.stop} href={`#${name}`}>
            <span className={styles.name}>
              <Prose>{title}</Prose>
            </span>
            <span className={styles.quiet}>
              {countOf(apps.total, 'app')}
              {clusters &&
                `, ${countOf(
                  clusters.filter(({ fits }) => fits).length,
                  'cluster',
                )}`}
            </span>
          </a>
        </li>
      ))}
    </ol>
  );
}
