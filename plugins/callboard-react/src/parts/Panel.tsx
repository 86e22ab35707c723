import { Box } from '@backstage/ui';
import { type ReactNode, useId } from 'react';
import { Prose } from './Prose';
import styles from './Panel.module.css';

export interface PanelProps {
  title: string;
  /** At the end of the title's line: a count, an age. */
  aside?: ReactNode;
  /** Colour of the edge for what needs attention. */
  tone?: 'danger' | 'warning' | 'info';
  /** Lets a table reach the edges. */
  flush?: boolean;
  /** Actions below the content. */
  foot?: ReactNode;
  children?: ReactNode;
}

/** One named part of a page. */
export function Panel({
  title,
  aside,
  tone,
  flush,
  foot,
  children,
}: PanelProps): JSX.Element {
  const id = useId();
  return (
    <Box
      as="section"
      bg="neutral"
      className={styles.panel}
      data-tone={tone}
      aria-labelledby={id}
    >
      <div className={styles.head}>
        <h2 className={styles.title} id={id}>
          <Prose>{title}</Prose>
        </h2>
        {aside !== undefined && <div className={styles.aside}>{aside}</div>}
      </div>
      {children !== undefined && (
        <div className={styles.body} data-flush={flush ? '' : undefined}>
          {children}
        </div>
      )}
      {foot !== undefined && <div className={styles.foot}>{foot}</div>}
    </Box>
  );
}
