import { Container, Header, type HeaderProps } from '@backstage/ui';
import {
  CallboardProvider,
  PastBand,
  Surface,
} from '@callboard/plugin-callboard-react';
import { type ReactNode, useEffect } from 'react';
import styles from './PageFrame.module.css';

export interface PageFrameProps
  extends Pick<HeaderProps, 'breadcrumbs' | 'customActions' | 'metadata'> {
  title: string;
  children: ReactNode;
}

/** Head and body of a page. What asks the API must stand inside {@link CallboardProvider}, so pages wrap themselves in it. */
export function PageFrame({
  title,
  children,
  ...header
}: PageFrameProps): JSX.Element {
  useEffect(() => {
    document.title = `${title} · Callboard`;
  }, [title]);
  return (
    <Surface>
      <PastBand />
      <div className={styles.head}>
        <Header title={title} {...header} />
      </div>
      <Container>
        <main
          className={styles.content}
          data-lean={header.metadata ? undefined : ''}
        >
          {children}
        </main>
      </Container>
    </Surface>
  );
}

/** Wraps a page in what its hooks need. */
export function CallboardPage({
  children,
}: {
  children: ReactNode;
}): JSX.Element {
  return <CallboardProvider>{children}</CallboardProvider>;
}
