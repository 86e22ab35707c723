import { Button } from '@backstage/ui';
import type {
  App,
  AppEnvironment,
  RolloutAnswer,
} from '@callboard/plugin-callboard-common';
import {
  Age,
  describeReleaser,
  describeEntity,
  Panel,
  ShowView,
  useClusterName,
  useInstant,
  useRollout,
  WaveBar,
  WhileConnected,
  Prose,
} from '@callboard/plugin-callboard-react';
import { useLinks } from '../../useLinks';
import { SkeletonPanel } from '../SkeletonPanel';
import styles from './RolloutPanel.module.css';
import { FinishedRollout } from './FinishedRollout';
import { nameOfAction } from './nameOfAction';
import { maySteer } from './promotions';
import { useAppDialog } from './useAppDialog';

export interface RolloutPanelProps {
  app: App;
  environment: AppEnvironment;
}

/** Rollout of a release over the clusters of an environment: its progress, why it waits, and the available actions. */
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
  const nameOfCluster = useClusterName();
  const { open } = useAppDialog();
  const isPast = useInstant() !== undefined;
  const { actions, phase, sentence, startedBy, startedAt } = rollout;
  const isOver = phase === 'done';
  const mine = actions.filter(offer => maySteer(app, environment, offer));
  const buttons = mine.map(offer => (
    <Button
      key={offer.action}
      variant={isOver ? 'tertiary' : 'secondary'}
      onPress={() =>
        open({
          kind: 'steer',
          environment: environment.name,
          action: offer.action,
        })
      }
    >
      {nameOfAction(offer.action, rollout)}
    </Button>
  ));
  const awaited = actions.find(
    offer => offer.approval !== undefined && !mine.includes(offer),
  )?.approval;
  const foot = (
    <>
      {mine.length > 0 && <WhileConnected>{buttons}</WhileConnected>}
      {app.viewer?.promote === false &&
        `Only ${describeEntity(app.owner)} can act on it. `}
      {awaited &&
        `Release ${
          rollout.before
        } was never approved here: only ${describeEntity(
          awaited,
        )} can roll back to it.`}
    </>
  );
  const hasFoot = actions.length > 0 && !isPast;
  return (
    <>
      {isOver ? (
        <FinishedRollout
          environment={environment}
          rollout={rollout}
          actions={
            hasFoot && mine.length > 0 ? (
              <WhileConnected>{buttons}</WhileConnected>
            ) : null
          }
        />
      ) : (
        <Panel
          title={titleOf(rollout, environment)}
          tone={toneOf(rollout)}
          aside={
            <>
              {describeReleaser(startedBy)}, <Age at={startedAt} after=" ago" />
            </>
          }
          foot={hasFoot ? foot : undefined}
        >
          <p className={styles.sentence} aria-live="polite">
            <Prose>{`${sentence}.`}</Prose>
          </p>
          <WaveBar
            rollout={rollout}
            hrefOfCluster={hrefOfCluster}
            nameOfCluster={nameOfCluster}
          />
        </Panel>
      )}
    </>
  );
}

function titleOf(
  { release, before, purpose }: RolloutAnswer,
  { title }: AppEnvironment,
): string {
  if (purpose === 'roll-back')
    return `Rolling back to release ${release} in ${title}`;
  return before === undefined
    ? `Release ${release} goes to ${title}`
    : `Release ${release} goes to ${title}, in place of ${before}`;
}

function toneOf({ phase }: RolloutAnswer): 'danger' | 'warning' | undefined {
  switch (phase) {
    case 'halted':
      return 'danger';
    case 'paused':
    case 'held':
    case 'aborted':
    case 'waiting-for-clusters':
      return 'warning';
    default:
      return undefined;
  }
}
