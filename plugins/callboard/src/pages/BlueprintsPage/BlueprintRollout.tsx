import { Button } from '@backstage/ui';
import type {
  BlueprintRolloutSummary,
  RolloutAnswer,
} from '@callboard/plugin-callboard-common';
import {
  Age,
  describeActor,
  OnlyNow,
  Prose,
  ShowView,
  useBlueprintRollout,
  useClusterName,
  useMoveBlueprint,
  WaveBar,
} from '@callboard/plugin-callboard-react';
import { useState } from 'react';
import { useLinks } from '../../useLinks';
import { ConfirmDialog } from '../ConfirmDialog';
import { SkeletonRows } from '../SkeletonRows';
import { reasonOf, WhyField } from '../WhyField';
import styles from './BlueprintsPage.module.css';

type Offer = RolloutAnswer['actions'][number];

const NAMES = { pause: 'Pause', resume: 'Resume', abort: 'Abort' } as const;

/** The newest rollout of a version: who started it and why, its waves, and the available actions. */
export function BlueprintRollout({
  blueprint,
  title,
  rollout,
  mayManage,
}: {
  blueprint: string;
  title: string;
  rollout: BlueprintRolloutSummary;
  mayManage: boolean;
}): JSX.Element {
  const { id, version, why, startedBy, startedAt } = rollout;
  const links = useLinks();
  const nameOf = useClusterName();
  const [asked, setAsked] = useState<Offer>();
  return (
    <section className={styles.rollout} aria-label={`Rollout of ${title}`}>
      <p className={styles.text}>
        <span className={styles.name}>Version {version}</span>:{' '}
        <Prose>{`${rollout.sentence}.`}</Prose>
        <span className={styles.quiet}>
          <Prose>{`${describeActor(startedBy)}: ${why}`}</Prose>,{' '}
          <Age at={startedAt} after=" ago" />
        </span>
      </p>
      <ShowView
        view={useBlueprintRollout(blueprint, id)}
        loading={<SkeletonRows rows={2} />}
      >
        {answer => (
          <>
            {answer.phase !== 'done' && (
              <WaveBar
                rollout={answer}
                hrefOfCluster={links.cluster}
                nameOfCluster={nameOf}
              />
            )}
            {mayManage && (
              <OnlyNow>
                <div className={styles.actions}>
                  {answer.actions.map(offer => (
                    <Button
                      key={offer.action}
                      variant="secondary"
                      onPress={() => setAsked(offer)}
                    >
                      {nameOfOffer(offer, answer)}
                    </Button>
                  ))}
                </div>
              </OnlyNow>
            )}
            {asked && (
              <SteerDialog
                blueprint={blueprint}
                id={id}
                offer={asked}
                answer={answer}
                onClose={() => setAsked(undefined)}
              />
            )}
          </>
        )}
      </ShowView>
    </section>
  );
}

function SteerDialog({
  blueprint,
  id,
  offer,
  answer,
  onClose,
}: {
  blueprint: string;
  id: string;
  offer: Offer;
  answer: RolloutAnswer;
  onClose: () => void;
}): JSX.Element {
  const { action, steer } = useMoveBlueprint();
  const [why, setWhy] = useState('');
  const [read] = useState(answer.version); // the action applies to the version that was shown first
  const reason = reasonOf(why);
  return (
    <ConfirmDialog
      title={`${nameOfOffer(offer, answer)}: ${blueprint}`}
      width={520}
      action={action}
      confirm={nameOfOffer(offer, answer)}
      isDestructive={offer.action === 'abort'}
      onConfirm={async () => {
        const isTaken = await steer({
          blueprint,
          id,
          action: offer.action,
          version: read,
          ...(reason !== undefined && { why: reason }),
        });
        if (isTaken) onClose();
      }}
      onClose={onClose}
    >
      <p>
        <Prose>{offer.does}</Prose>
      </p>
      <WhyField
        value={why}
        onChange={setWhy}
        description="For the journal. Everybody who sees clusters reads it."
      />
    </ConfirmDialog>
  );
}

function nameOfOffer(
  { action }: Pick<Offer, 'action'>,
  { before }: Pick<RolloutAnswer, 'before'>,
): string {
  return action === 'rollback'
    ? `Roll back to version ${before}`
    : NAMES[action];
}
