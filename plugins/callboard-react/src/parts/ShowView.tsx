import { Button } from '@backstage/ui';
import type { ReactNode } from 'react';
import type { View } from '../queries';
import { LostScope, useLostSince } from './LostScope';
import { ProblemCard } from './ProblemCard';
import styles from './ShowView.module.css';

export interface ShowViewProps<T> {
  view: View<T>;
  /** A placeholder in the shape of the content. Shown only on the first load; afterwards old data stays. */
  loading: ReactNode;
  children: (data: T) => ReactNode;
  /** For parts of a page that reports the failure already: old data stays without a card of its own. */
  quiet?: boolean;
}

/** Renders each state of a view: the placeholder, the data, or the problem above the last known data. */
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
      // Same element structure as above, so that what is open on the page stays open.
      return (
        <LostScope since={undefined}>
          {false}
          {children(view.data)}
        </LostScope>
      );
  }
}
