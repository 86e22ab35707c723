import { Button } from '@backstage/ui';
import type { ReactNode } from 'react';
import type { View } from '../queries';
import { LostScope, useLostSince } from './LostScope';
import { ProblemCard } from './ProblemCard';
import styles from './ShowView.module.css';

export interface ShowViewProps<T> {
  view: View<T>;
  /** Has the shape of what comes. Seen once; after that old data stays. */
  loading: ReactNode;
  children: (data: T) => ReactNode;
  /** For parts of a page that says already what cannot be asked: old data stays without a card of its own. */
  quiet?: boolean;
}

/** Draws each state of a view: the shape of what comes, the data, or the problem above what was known last. */
export function ShowView<T>({
  view,
  loading,
  children,
  quiet = false,
}: ShowViewProps<T>): JSX.Element {
  const isSaidAbove = useLostSince() !== undefined; // by the band of the page
  switch (view.kind) {
    case 'loading':
      return (
        <div role="status" aria-busy="true" aria-label="Loading">
          {loading}
        </div>
      );
    case 'failed': {
      const retry = (
        <Button variant="secondary" onPress={view.retry}>
          Try again
        </Button>
      );
      if (!view.lastKnown)
        return <ProblemCard problem={view.problem} action={retry} />;
      return (
        <LostScope since={view.lastKnown.at}>
          {!quiet && !isSaidAbove && (
            <div className={styles.lost}>
              <ProblemCard
                problem={view.problem}
                action={retry}
                tone="warning"
              />
            </div>
          )}
          {children(view.lastKnown.data)}
        </LostScope>
      );
    }
    case 'ready':
    default:
      // As above, so that what is open on the page stays open.
      return (
        <LostScope since={undefined}>
          {false}
          {children(view.data)}
        </LostScope>
      );
  }
}
