import type { AppChange } from '@callboard/plugin-callboard-common';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { AppChangeInput, CallboardApi } from '../api';
import { useCallboardApi } from '../events';
import type { Action } from './Action';
import { queryKeys } from './queryKeys';
import { useSend } from './useSend';
import { type View, viewOf } from './View';

export interface ChangeApp {
  /** What would be another; it follows the app. */
  preview: View<AppChange>;
  action: Action;
  /** Resolves to true once it is done. Never throws: a refusal is in `action`. */
  change(reason: { why?: string }): Promise<boolean>;
}

function changeQuery(api: CallboardApi, of: AppChangeInput) {
  return queryOptions<AppChange>({
    queryKey: queryKeys.appChange(of),
    queryFn: ({ signal }) => api.previewAppChange(of, { signal }),
  });
}

/** Gives an app another title, description or owner, and says beforehand what that would do. */
export function useChangeApp(of: AppChangeInput): ChangeApp {
  const api = useCallboardApi();
  const { action, submit } = useSend();
  // Once it is done who did it may not be asked any more.
  const preview = useQuery({
    ...changeQuery(api, of),
    enabled: action.kind !== 'accepted',
  });
  return {
    preview: viewOf(preview),
    action,
    change: ({ why }) =>
      submit(() => api.changeApp({ ...of, ...(why !== undefined && { why }) })),
  };
}
