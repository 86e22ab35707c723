import { Container } from '@backstage/ui';
import { Prose } from '@callboard/plugin-callboard-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import styles from './PageHead.module.css';

export interface PageHeadProps {
  title: string;
  /** The pages above this one, outermost first. */
  breadcrumbs?: Array<{ label: string; href: string }>;
  /** Actions of the page. */
  customActions?: ReactNode;
  metadata?: Array<{ label: string; value: ReactNode }>;
}

/** Head of a page: breadcrumbs, its name as the one h1, actions and facts. A long name wraps and is never cut. */
export function PageHead({
  title,
  breadcrumbs = [],
  customActions,
  metadata = [],
}: PageHeadProps): JSX.Element {
  return (
    <Container className={styles.frame}>
      <header className={styles.head}>
        <div className={styles.line}>
          <div className={styles.names}>
            {breadcrumbs.length > 0 && (
              <nav aria-label="Pages above" className={styles.above}>
                {breadcrumbs.map(({ label, href }) => (
                  <span key={href}>
                    <Link to={href}>{label}</Link>
                    <span aria-hidden="true"> /</span>
                  </span>
                ))}
              </nav>
            )}
            <h1 className={styles.title}>
              <Prose>{title}</Prose>
            </h1>
          </div>
          {customActions && (
            <div className={styles.actions}>{customActions}</div>
          )}
        </div>
        {metadata.length > 0 && (
          <dl className={styles.facts}>
            {metadata.map(({ label, value }) => (
              <div key={label} className={styles.fact}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        )}
      </header>
    </Container>
  );
}
