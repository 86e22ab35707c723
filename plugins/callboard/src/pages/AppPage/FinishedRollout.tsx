import { Box } from '@backstage/ui';
import type {
  AppEnvironment,
  RolloutAnswer,
} from '@callboard/plugin-callboard-common';
import {
  Age,
  describeReleaser,
  HealthShape,
} from '@callboard/plugin-callboard-react';
import type { ReactNode } from 'react';
import styles from './RolloutPanel.module.css';

/** A finished rollout in one line: release, environment, actor, time, and the button that rolls it back. */
export function FinishedRollout({
  environment: { title },
  rollout: { release, sentence, startedBy, startedAt, waves },
  actions,
}: {
  environment: AppEnvironment;
  rollout: RolloutAnswer;
  actions: ReactNode;
}): JSX.Element {
  const isWhole = waves.every(({ cells }) =>
    cells.every(({ state }) => state === 'done'),
  );
  return (
    <Box
      as="section"
      bg="neutral"
      className={styles.finished}
      aria-label={`Rollout in ${title}`}
    >
      <span className={styles.outcome}>
        <HealthShape status={isWhole ? 'Healthy' : 'Degraded'} size={13} />
        <span>
          Release {release} in {title}: {sentence.charAt(0).toLowerCase()}
          {sentence.slice(1)}
        </span>
      </span>
      <span className={styles.quiet}>
        {describeReleaser(startedBy)}, <Age at={startedAt} after=" ago" />
      </span>
      <span className={styles.actions}>{actions}</span>
    </Box>
  );
}
