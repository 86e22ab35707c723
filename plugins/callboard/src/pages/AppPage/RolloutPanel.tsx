import { Button } from '@backstage/ui';
import type {
  App,
  AppEnvironment,
  RolloutAnswer,
} from '@callboard/plugin-callboard-common';
import {
  Age,
  describeActor,
  Panel,
  ShowView,
  useInstant,
  useRollout,
  WaveBar,
} from '@callboard/plugin-callboard-react';
import { useState } from 'react';
import { useLinks } from '../../useLinks';
import { SkeletonPanel } from '../SkeletonPanel';
import styles from './RolloutPanel.module.css';
import { ACTION_NAMES, SteerDialog } from './SteerDialog';

export interface RolloutPanelProps {
  app: App;
  environment: AppEnvironment;
}

/** How a release moves over the clusters of an environment: where it stands, why it waits, and what can be done about it. */
export function RolloutPanel({
  app,
  environment,
}: RolloutPanelProps): JSX.Element {
  const view = useRollout(app.name, environment.name);
  return (
    <ShowView view={view} loading={<SkeletonPanel rows={2} height={40} />}>
      {rollout => (
        <Waves app={app} environment={environment} rollout={rollout} />
      )}
    </ShowView>
  );
}

function Waves({
  app,
  environment,
  rollout,
}: RolloutPanelProps & { rollout: RolloutAnswer }): JSX.Element {
  const { cluster: hrefOfCluster } = useLinks();
  const [chosen, setChosen] = useState<RolloutAnswer['actions'][number]>();
  const isPast = useInstant() !== undefined;
  const { actions, sentence, startedBy, startedAt } = rollout;
  return (
    <Panel
      title={titleOf(rollout, environment)}
      tone={toneOf(rollout)}
      aside={
        <>
          {describeActor(startedBy)}, <Age at={startedAt} after=" ago" />
        </>
      }
      foot={
        actions.length > 0 && !isPast
          ? actions.map(offer => (
              <Button
                key={offer.action}
                variant="secondary"
                onPress={() => setChosen(offer)}
              >
                {ACTION_NAMES[offer.action]}
              </Button>
            ))
          : undefined
      }
    >
      <p className={styles.sentence} aria-live="polite">
        {sentence}.
      </p>
      <WaveBar rollout={rollout} hrefOfCluster={hrefOfCluster} />
      {chosen && (
        <SteerDialog
          app={app}
          environment={environment}
          offer={chosen}
          onClose={() => setChosen(undefined)}
        />
      )}
    </Panel>
  );
}

function titleOf(
  { release, before, purpose, phase }: RolloutAnswer,
  { title }: AppEnvironment,
): string {
  if (purpose === 'roll-back') return `Back to release ${release} in ${title}`;
  const verb = phase === 'done' ? 'came' : 'goes';
  return before === undefined
    ? `Release ${release} ${verb} to ${title}`
    : `Release ${release} ${verb} to ${title}, in place of ${before}`;
}

function toneOf({ phase }: RolloutAnswer): 'danger' | 'warning' | undefined {
  switch (phase) {
    case 'halted':
      return 'danger';
    case 'paused':
    case 'aborted':
    case 'waiting-for-clusters':
      return 'warning';
    default:
      return undefined;
  }
}
