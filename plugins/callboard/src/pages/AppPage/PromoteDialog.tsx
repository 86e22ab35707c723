import { Skeleton } from '@backstage/ui';
import type { App, PlacementAnswer } from '@callboard/plugin-callboard-common';
import {
  countOf,
  describeAuthor,
  usePlacement,
  usePromoteRelease,
  type View,
} from '@callboard/plugin-callboard-react';
import { ConfirmDialog } from '../ConfirmDialog';
import type { Promotion } from './promotions';
import styles from './PromoteDialog.module.css';

export interface PromoteDialogProps {
  app: App;
  promotion: Promotion;
  onClose: () => void;
}

/** Says what a promotion will do before it does it; afterwards the app's page shows it move. */
export function PromoteDialog({
  app,
  promotion,
  onClose,
}: PromoteDialogProps): JSX.Element {
  const { environment, release } = promotion;
  const placement = usePlacement(app.name, environment.name);
  const { action, promote } = usePromoteRelease();
  const isBack =
    environment.release !== null && release.number < environment.release.number;
  const confirm = async () => {
    if (
      await promote({
        app: app.name,
        environment: environment.name,
        release: release.number,
      })
    )
      onClose();
  };
  return (
    <ConfirmDialog
      title={`${isBack ? 'Go back to' : 'Promote'} release ${release.number} ${
        isBack ? 'in' : 'to'
      } ${environment.title}`}
      width={520}
      action={action}
      confirm={
        isBack ? `Go back to ${release.number}` : `Promote ${release.number}`
      }
      onConfirm={confirm}
      onClose={onClose}
    >
      <ul className={styles.effects}>
        <li>
          <strong>Release {release.number}</strong> “{release.message}” by{' '}
          {describeAuthor(release.author)}{' '}
          {environment.release
            ? `replaces release ${environment.release.number}.`
            : `is the first in ${environment.title}.`}
        </li>
        <Where view={placement} />
        <li className={styles.quiet}>
          {environment.release
            ? `Release ${environment.release.number} stays and can be brought back from the Releases tab.`
            : 'Other environments stay as they are.'}
        </li>
      </ul>
    </ConfirmDialog>
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
          Which clusters it goes to cannot be told now: {view.problem.why}.
        </li>
      );
    case 'ready':
    default:
      return <li>{describeWhere(view.data)}</li>;
  }
}

function describeWhere({
  verdicts,
  satisfied,
  message,
}: PlacementAnswer): string {
  const chosen = verdicts
    .filter(({ verdict }) => verdict === 'chosen')
    .map(({ cluster }) => cluster);
  if (chosen.length === 0) return message;
  const clusters = `It goes to ${countOf(
    chosen.length,
    'cluster',
  )}: ${chosen.join(', ')}.`;
  return satisfied ? clusters : `${clusters} ${message}`;
}
