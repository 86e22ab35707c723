import type {
  App,
  AppEnvironment,
  RolloutActionName,
  RolloutAnswer,
} from '@callboard/plugin-callboard-common';
import { useSteerRollout } from '@callboard/plugin-callboard-react';
import { ConfirmDialog } from '../ConfirmDialog';

export const ACTION_NAMES: Record<RolloutActionName, string> = {
  pause: 'Pause',
  resume: 'Resume',
  abort: 'Abort',
  rollback: 'Roll back',
};

export interface SteerDialogProps {
  app: App;
  environment: AppEnvironment;
  offer: RolloutAnswer['actions'][number];
  onClose: () => void;
}

/** Says what a pause, a resume, an abort or a roll back will do before it does it. */
export function SteerDialog({
  app,
  environment,
  offer,
  onClose,
}: SteerDialogProps): JSX.Element {
  const { action, steer } = useSteerRollout(app.name, environment.name);
  const name = ACTION_NAMES[offer.action];
  const confirm = async () => {
    if (await steer(offer.action)) onClose();
  };
  return (
    <ConfirmDialog
      title={`${name} in ${environment.title}`}
      width={520}
      action={action}
      confirm={name}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>{offer.does}</p>
    </ConfirmDialog>
  );
}
