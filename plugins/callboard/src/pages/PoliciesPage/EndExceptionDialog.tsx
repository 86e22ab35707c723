import type { Exception } from '@callboard/plugin-callboard-common';
import { useChangeExceptions } from '@callboard/plugin-callboard-react';
import { ConfirmDialog } from '../ConfirmDialog';

/** Describes which rule applies again once an exception ends. */
export function EndExceptionDialog({
  exception: { id, target, policy, blueprint },
  onClose,
}: {
  exception: Exception;
  onClose: () => void;
}): JSX.Element {
  const { action, end } = useChangeExceptions();
  return (
    <ConfirmDialog
      title={`End the exception for ${target}`}
      width={480}
      action={action}
      confirm="End it"
      onConfirm={async () => {
        if (await end(id)) onClose();
      }}
      onClose={onClose}
    >
      <p>
        {policy === undefined
          ? `${target} has to be as the blueprint ${blueprint} says again.`
          : `From now on ${policy} is asked of every push and promotion. What runs goes on running.`}
      </p>
    </ConfirmDialog>
  );
}
