import { Container } from '@backstage/ui';
import {
  CallboardProvider,
  LostBand,
  PastBand,
  Surface,
} from '@callboard/plugin-callboard-react';
import { type ReactNode, useEffect } from 'react';
import { PageHead, type PageHeadProps } from './PageHead';
import { SectionTabs } from './SectionTabs';
import styles from './PageFrame.module.css';

export interface PageFrameProps extends PageHeadProps {
  children: ReactNode;
}

/**
 * Tabs of Callboard, head and body of a page. Components that call the API must
 * be inside {@link CallboardProvider}, so pages wrap themselves in it.
 */
export function PageFrame({ children, ...head }: PageFrameProps): JSX.Element {
  const { title } = head;
  useEffect(() => {
    document.title = `${title} · Callboard`;
  }, [title]);
  return (
    <Surface>
      <LostBand />
      <PastBand />
      <SectionTabs />
      <PageHead {...head} />
      <Container>
        <main className={styles.content}>{children}</main>
      </Container>
    </Surface>
  );
}

/** Wraps a page in the providers of its hooks. */
export function CallboardPage({
  children,
}: {
  children: ReactNode;
}): JSX.Element {
  return <CallboardProvider>{children}</CallboardProvider>;
}
