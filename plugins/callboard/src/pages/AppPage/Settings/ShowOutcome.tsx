import { Button, ButtonLink } from '@backstage/ui';
import { Panel, useViewLink } from '@callboard/plugin-callboard-react';
import styles from './Settings.module.css';

/** What an accepted action did. */
export interface Outcome {
  title: string;
  lines: readonly string[];
  /** Something starts again because of it. */
  moves: boolean;
  /** The change, where it can be taken back. */
  takeBack?: { name: string; where: string | undefined; version: number };
}

/** Found by who puts the focus on it. */
export const OUTCOME = '[data-setting-outcome]';

/** What was done a moment ago, announced, and the ways to see it move and to take it back. */
export function ShowOutcome({
  outcome,
  onTakeBack,
  onDismiss,
}: {
  outcome?: Outcome;
  onTakeBack: (change: NonNullable<Outcome['takeBack']>) => void;
  onDismiss: () => void;
}): JSX.Element {
  const linkTo = useViewLink();
  const takeBack = outcome?.takeBack;
  return (
    <div role="status" className={styles.announced}>
      {outcome && (
        <div
          className={styles.outcome}
          role="group"
          tabIndex={-1}
          data-setting-outcome=""
          aria-label={outcome.title}
        >
          <Panel
            title={outcome.title}
            tone="info"
            foot={
              <>
                {outcome.moves && (
                  <ButtonLink variant="secondary" href={linkTo({})}>
                    See it move
                  </ButtonLink>
                )}
                {takeBack && (
                  <Button
                    variant="secondary"
                    onPress={() => onTakeBack(takeBack)}
                  >
                    Take it back
                  </Button>
                )}
                <Button variant="tertiary" onPress={onDismiss}>
                  Dismiss
                </Button>
              </>
            }
          >
            <ul className={styles.lines}>
              {outcome.lines.map(line => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </Panel>
        </div>
      )}
    </div>
  );
}
