import type { GitTokenView } from '@callboard/plugin-callboard-common';
import { useChangeGitTokens } from '@callboard/plugin-callboard-react';
import { ConfirmDialog } from '../ConfirmDialog';
import { nameToken } from './nameToken';

/** Describes the effect of revoking a token. */
export function RevokeTokenDialog({
  token,
  onRevoked,
  onClose,
}: {
  token: GitTokenView;
  onRevoked: () => void;
  onClose: () => void;
}): JSX.Element {
  const { action, revoke } = useChangeGitTokens();
  const confirm = async () => {
    if (await revoke(token.id)) onRevoked();
  };
  return (
    <ConfirmDialog
      title={`Revoke the token ${nameToken(token)}`}
      width={480}
      action={action}
      confirm="Revoke"
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>
        {token.scope === 'api'
          ? 'The portal refuses it at once, also to a command that is under way.'
          : 'Git refuses it at once, also in a push that is under way.'}{' '}
        Whatever uses it needs another token; this one does not come back.
      </p>
    </ConfirmDialog>
  );
}
