import type {
  EnvironmentAction,
  RolloutActionName,
} from '@callboard/plugin-callboard-common';
import { useUrlState } from '@callboard/plugin-callboard-react';

/** A dialog of an app's page that previews an action. */
export type AppDialog =
  | { kind: 'promote'; environment: string; release: number }
  | { kind: 'steer'; environment: string; action: RolloutActionName }
  | { kind: 'operate'; environment: string; action: OperationName }
  /** Without an environment: the app itself. */
  | { kind: 'remove'; environment?: string }
  | { kind: 'change'; what: 'card' | 'owner' }
  | { kind: 'delete-data'; environment: string; cluster: string };

/** An operation on an app in an environment, other than on releases and settings. */
export type OperationName = EnvironmentAction['action'];

const ADDRESS = { do: '', in: '', bring: '', on: '' };

const STEERS: readonly RolloutActionName[] = [
  'pause',
  'resume',
  'abort',
  'rollback',
];

const OPERATIONS: readonly OperationName[] = [
  'stop',
  'start',
  'restart',
  'scale',
];

/**
 * The open dialog of an app's page. It is in the address, so that it survives a
 * reload and a change of the theme, which remounts the portal.
 */
export function useAppDialog(): {
  dialog?: AppDialog;
  open: (dialog: AppDialog) => void;
  close: () => void;
} {
  const [address, setAddress] = useUrlState(ADDRESS);
  const dialog = readDialog(address);
  return {
    ...(dialog && { dialog }),
    open: next => setAddress({ ...ADDRESS, ...addressOf(next) }),
    close: () => setAddress(ADDRESS),
  };
}

function addressOf(dialog: AppDialog): Partial<typeof ADDRESS> {
  switch (dialog.kind) {
    case 'promote':
      return {
        do: 'promote',
        in: dialog.environment,
        bring: String(dialog.release),
      };
    case 'steer':
    case 'operate':
      return { do: dialog.action, in: dialog.environment };
    case 'remove':
      return dialog.environment === undefined
        ? { do: 'delete' }
        : { do: 'remove', in: dialog.environment };
    case 'change':
      return { do: dialog.what === 'owner' ? 'transfer' : 'describe' };
    case 'delete-data':
      return { do: 'delete-data', in: dialog.environment, on: dialog.cluster };
    default:
      return dialog satisfies never;
  }
}

function readDialog({
  do: action,
  in: environment,
  bring,
  on: cluster,
}: typeof ADDRESS): AppDialog | undefined {
  if (action === 'promote')
    return { kind: 'promote', environment, release: Number(bring) };
  if (action === 'delete-data')
    return { kind: 'delete-data', environment, cluster };
  if (action === 'transfer') return { kind: 'change', what: 'owner' };
  if (action === 'describe') return { kind: 'change', what: 'card' };
  if (action === 'delete') return { kind: 'remove' };
  if (action === 'remove') return { kind: 'remove', environment };
  const operation = OPERATIONS.find(each => each === action);
  if (operation) return { kind: 'operate', environment, action: operation };
  const steer = STEERS.find(each => each === action);
  return steer && { kind: 'steer', environment, action: steer };
}
