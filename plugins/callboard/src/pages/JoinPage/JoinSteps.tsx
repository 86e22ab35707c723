import type { ClusterJoin } from '@callboard/plugin-callboard-common';
import { Age, HealthShape } from '@callboard/plugin-callboard-react';
import { listJoinSteps, type ShownJoinStep } from './describeJoin';
import styles from './JoinPage.module.css';

/** The six steps of joining in their order: shape, word, time, and a message about the current or failed one. */
export function JoinSteps({ join }: { join: ClusterJoin }): JSX.Element {
  return (
    <ol className={styles.steps} aria-label="Steps">
      {listJoinSteps(join).map(step => (
        <Step key={step.step} step={step} />
      ))}
    </ol>
  );
}

function Step({
  step: { title, standing, status, at, message },
}: {
  step: ShownJoinStep;
}): JSX.Element {
  return (
    <li
      className={styles.step}
      data-standing={standing}
      aria-current={standing === 'waiting' ? 'step' : undefined}
    >
      <span className={styles.shape}>
        <HealthShape status={status} size={18} />
      </span>
      <span className={styles.words}>
        <span className={styles.line}>
          <span className={styles.title}>{title}</span>{' '}
          <span className={styles.quiet}>
            {standing}
            {at !== undefined && (
              <>
                {' '}
                <Age at={at} after=" ago" />
              </>
            )}
          </span>
        </span>
        {message !== undefined && (
          <span className={styles.message}>{message}</span>
        )}
      </span>
    </li>
  );
}
