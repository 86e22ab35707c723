import {
  type App,
  type AppEnvironment,
  countOf,
  partOf,
  type PlacementAnswer,
  type ReleaseChange,
  type ReleaseDetails,
} from '@callboard/plugin-callboard-common';
import { Skeleton } from '@backstage/ui';
import {
  describeActor,
  dataOf,
  describeAuthor,
  NameList,
  useClusterName,
  usePlacement,
  usePromoteRelease,
  useReleases,
  type View,
} from '@callboard/plugin-callboard-react';
import {
  isBadOutcome,
  arrivalIn,
  changeOf,
  describeDeploy,
} from '@callboard/plugin-callboard-core';
import { ConfirmDialog } from '../ConfirmDialog';
import { describeApproval } from './describeApproval';
import { type Promotion, approvalIn } from './promotions';
import { ReleaseChanges } from './ReleaseChanges';
import { OpenSettings } from './Settings/OpenSettings';
import styles from './PromoteDialog.module.css';

export interface PromoteDialogProps {
  app: App;
  promotion: Promotion;
  onClose: () => void;
}

/**
 * Previews a promotion; afterwards the app's page shows its progress. While
 * open it follows the app: the release to replace is the current one.
 */
export function PromoteDialog({
  app,
  promotion: { environment: name, release },
  onClose,
}: PromoteDialogProps): JSX.Element | null {
  const environment = app.environments.find(each => each.name === name);
  const placement = usePlacement(app.name, name);
  const { action, promote } = usePromoteRelease();
  const releases = dataOf(useReleases(app.name)) ?? [];
  if (!environment) return null;
  const { title } = environment;
  const current = environment.release?.number;
  const isThere = current === release.number;
  const change = changeOf(release.number, environment, releases);
  const verb = describeDeploy(release.number, title, change);
  const confirm = async () => {
    const input = { app: app.name, environment: name, release: release.number };
    if (await promote({ ...input, replaces: current ?? null })) onClose();
  };
  return (
    <ConfirmDialog
      title={isThere ? `Release ${release.number} in ${title}` : verb.title}
      width={520}
      action={isThere ? { kind: 'idle' } : action}
      confirm={isThere ? undefined : verb.button}
      onConfirm={confirm}
      instead={
        action.kind === 'refused' &&
        action.problem.code === 'setting-missing' && (
          <OpenSettings environment={name} />
        )
      }
      onClose={onClose}
    >
      {isThere ? (
        <p aria-live="polite">
          Release {release.number} is already in {title}
          {environment.releasedBy &&
            `, by ${describeActor(environment.releasedBy)}`}
          .
        </p>
      ) : (
        <ul className={styles.effects} aria-live="polite">
          <li>
            <strong>Release {release.number}</strong> “{release.message}” by{' '}
            {describeAuthor(release.author)}{' '}
            {current === undefined
              ? `is the first in ${title}.`
              : `replaces ${
                  change === 'older' ? 'the newer ' : ''
                }release ${current}.`}
          </li>
          <Known
            releases={releases}
            environment={environment}
            release={release}
            change={change}
          />
          <UnderWay environment={environment} />
          <Where view={placement} />
          <li className={styles.quiet}>
            {current === undefined
              ? 'Other environments stay as they are.'
              : `Release ${current} can be deployed again from the Releases tab.`}
          </li>
        </ul>
      )}
      {!isThere && (
        <ReleaseChanges
          app={app.name}
          environment={name}
          release={release.number}
          {...(current !== undefined && { from: current })}
          folded
        />
      )}
    </ConfirmDialog>
  );
}

/** Known problems of the release: rolled back, never healthy, or never run, there or anywhere. */
function Known({
  releases,
  environment,
  release,
  change,
}: {
  releases: readonly ReleaseDetails[];
  environment: AppEnvironment;
  release: Promotion['release'];
  change: ReleaseChange;
}): JSX.Element | null {
  const known = releases.find(({ number }) => number === release.number);
  if (!known) return null;
  const wasHere = arrivalIn(environment.name, known) !== undefined;
  const warnings = [
    ...(known.outcomes.length === 0 ? ['It never ran anywhere'] : []),
    ...(change === 'older' && !wasHere && known.outcomes.length > 0
      ? [`It never ran in ${environment.title}`]
      : []),
    ...known.outcomes.filter(isBadOutcome).map(({ sentence }) => sentence),
  ];
  const approval =
    change === 'rollback' ? approvalIn(environment.name, known) : undefined;
  return (
    <>
      {approval && (
        <li className={styles.quiet}>It was {describeApproval(approval)}.</li>
      )}
      {warnings.map(warning => (
        <li key={warning} className={styles.warning}>
          {warning}.
        </li>
      ))}
    </>
  );
}

/** Warns that the promotion replaces the rollout in progress. */
function UnderWay({
  environment: { rollout },
}: {
  environment: AppEnvironment;
}): JSX.Element | null {
  if (!rollout || rollout.phase === 'done') return null;
  return (
    <li>
      The rollout of release {rollout.release} ends:{' '}
      {partOf(rollout.reached, rollout.clusterCount, 'cluster')}{' '}
      {rollout.reached === 1 ? 'has' : 'have'} it.
    </li>
  );
}

function Where({ view }: { view: View<PlacementAnswer> }): JSX.Element {
  switch (view.kind) {
    case 'loading':
      return (
        <li>
          <Skeleton width="80%" height={18} />
        </li>
      );
    case 'failed':
      return (
        <li>
          It is not known now which clusters it goes to: {view.problem.why}.
        </li>
      );
    case 'ready':
    default:
      return <Destination placement={view.data} />;
  }
}

function Destination({
  placement: { verdicts, satisfied, message },
}: {
  placement: PlacementAnswer;
}): JSX.Element {
  const nameOf = useClusterName();
  const chosen = verdicts
    .filter(({ verdict }) => verdict === 'chosen')
    .map(({ cluster }) => nameOf(cluster));
  if (chosen.length === 0) return <li>{message}</li>;
  return (
    <li>
      It goes to {countOf(chosen.length, 'cluster')}:{' '}
      <NameList names={chosen} />.{!satisfied && ` ${message}`}
    </li>
  );
}
