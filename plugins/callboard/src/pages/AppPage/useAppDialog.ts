import type { RolloutActionName } from '@callboard/plugin-callboard-common';
import { useUrlState } from '@callboard/plugin-callboard-react';

/** A dialog of an app's page: something that is said before it is done. */
export type AppDialog =
  | { kind: 'promote'; environment: string; release: number }
  | { kind: 'steer'; environment: string; action: RolloutActionName };

const ADDRESS = { do: '', in: '', bring: '' };

const STEERS: readonly RolloutActionName[] = [
  'pause',
  'resume',
  'abort',
  'rollback',
];

/** The dialog that is open on an app's page. In the address, so that it survives a reload and a change of the theme, which draws the whole portal anew. */
export function useAppDialog(): {
  dialog?: AppDialog;
  open: (dialog: AppDialog) => void;
  close: () => void;
} {
  const [{ do: action, in: environment, bring }, setAddress] =
    useUrlState(ADDRESS);
  const dialog = readDialog(action, environment, Number(bring));
  return {
    ...(dialog && { dialog }),
    open: next =>
      setAddress(
        next.kind === 'promote'
          ? {
              do: 'promote',
              in: next.environment,
              bring: String(next.release),
            }
          : { do: next.action, in: next.environment, bring: '' },
      ),
    close: () => setAddress(ADDRESS),
  };
}

function readDialog(
  action: string,
  environment: string,
  release: number,
): AppDialog | undefined {
  if (action === 'promote') return { kind: 'promote', environment, release };
  const steer = STEERS.find(each => each === action);
  return steer && { kind: 'steer', environment, action: steer };
}
