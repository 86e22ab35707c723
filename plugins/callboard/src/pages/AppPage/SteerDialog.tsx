import { Button } from '@backstage/ui';
import type {
  App,
  AppEnvironment,
  RolloutActionName,
  RolloutAnswer,
} from '@callboard/plugin-callboard-common';
import { useSteerRollout } from '@callboard/plugin-callboard-react';
import { ConfirmDialog } from '../ConfirmDialog';
import { nameOfAction } from './nameOfAction';

export interface SteerDialogProps {
  app: App;
  environment: AppEnvironment;
  /** The current rollout: the dialog's text follows it. */
  rollout: RolloutAnswer;
  action: RolloutActionName;
  /** Switches to another action. */
  onChoose: (action: RolloutActionName) => void;
  onClose: () => void;
}

/**
 * Previews a pause, a resume, an abort or a rollback. While open it follows the
 * rollout; an action that no longer applies is replaced by those that do.
 */
export function SteerDialog({
  app,
  environment,
  rollout,
  action: chosen,
  onChoose,
  onClose,
}: SteerDialogProps): JSX.Element {
  const { action, steer, reset } = useSteerRollout(app.name, environment.name);
  const { actions, sentence, version } = rollout;
  const name = nameOfAction(chosen, rollout);
  const offer = actions.find(each => each.action === chosen);
  const confirm = async () => {
    if (await steer(chosen, version)) onClose();
  };
  const choose = (other: RolloutActionName) => {
    reset();
    onChoose(other);
  };
  return (
    <ConfirmDialog
      title={`${name} in ${environment.title}`}
      width={520}
      action={action}
      confirm={offer && name}
      onConfirm={confirm}
      onClose={onClose}
      instead={
        offer
          ? undefined
          : actions.map(other => (
              <Button
                key={other.action}
                variant="secondary"
                onPress={() => choose(other.action)}
              >
                {nameOfAction(other.action, rollout)}
              </Button>
            ))
      }
    >
      <p aria-live="polite">
        {offer
          ? offer.does
          : `There is nothing to ${verbOf(chosen)} any more. Release ${
              rollout.release
            } in ${environment.title}: ${sentence}.`}
      </p>
    </ConfirmDialog>
  );
}

function verbOf(action: RolloutActionName): string {
  return action === 'rollback' ? 'roll back' : action;
}
