import type { AppChange } from '@callboard/plugin-callboard-common';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { AppChangeInput, CallboardApi } from '../api';
import { useCallboardApi } from '../events';
import type { Action } from './Action';
import { queryKeys } from './queryKeys';
import { useSend } from './useSend';
import { type View, viewOf } from './View';

export interface ChangeApp {
  /** The effect of the change; refetched when the app changes. */
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

/** Changes title, description or owner of an app, with a preview. */
export function useChangeApp(of: AppChangeInput): ChangeApp {
  const api = useCallboardApi();
  const { action, submit } = useSend();
  // Once it is done, the user may have lost the permission to preview it.
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
