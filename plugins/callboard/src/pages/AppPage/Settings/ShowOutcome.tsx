import { Button, ButtonLink } from '@backstage/ui';
import type { App } from '@callboard/plugin-callboard-common';
import { Panel, useViewLink } from '@callboard/plugin-callboard-react';
import styles from './Settings.module.css';

/** Result of an accepted action. */
export interface Outcome {
  title: string;
  lines: readonly string[];
  /** Workloads restart because of it. */
  moves: boolean;
  /** The change, when it can be reverted. */
  takeBack?: { name: string; where: string | undefined; version: number };
}

/** Selector for focusing the message. */
export const OUTCOME = '[data-setting-outcome]';

/** Announces the result of the last action, with links to its progress and to its reversal. */
export function ShowOutcome({
  app,
  outcome,
  onTakeBack,
  onDismiss,
}: {
  app: Pick<App, 'environments'>;
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
              {[...outcome.lines, ...listProgress(app, takeBack)].map(line => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </Panel>
        </div>
      )}
    </div>
  );
}

/** Progress of the rollouts that deploy the change: `Production: Rolling out, wave 2 of 3: eu-1.` */
function listProgress(
  { environments }: Pick<App, 'environments'>,
  change: Outcome['takeBack'],
): string[] {
  return environments.flatMap(({ title, rollout }) =>
    change && rollout?.settings === change.version
      ? [`${title}: ${rollout.sentence}.`]
      : [],
  );
}
