import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
} from '@backstage/ui';
import type {
  App,
  AppEnvironment,
  RolloutActionName,
  RolloutAnswer,
} from '@callboard/plugin-callboard-common';
import {
  ProblemCard,
  Surface,
  useSteerRollout,
} from '@callboard/plugin-callboard-react';

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
    <Dialog isOpen onOpenChange={isOpen => !isOpen && onClose()} width={520}>
      <DialogHeader>
        {name} in {environment.title}
      </DialogHeader>
      <DialogBody>
        <Surface>
          <p>{offer.does}</p>
          {action.kind === 'refused' && (
            <ProblemCard problem={action.problem} />
          )}
        </Surface>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={onClose}>
          Cancel
        </Button>
        <Button isPending={action.kind === 'running'} onPress={confirm}>
          {name}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
