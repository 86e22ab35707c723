import type { AppRemoval } from '@callboard/plugin-callboard-common';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { CallboardApi, RemovalInput } from '../api';
import { useCallboardApi } from '../events';
import type { Action } from './Action';
import { queryKeys } from './queryKeys';
import { useSend } from './useSend';
import { type View, viewOf } from './View';

/** Input of a person for a removal. */
interface Confirmation {
  /** The name of the app. */
  confirm: string;
  why?: string;
}

export interface RemoveApp {
  /** What would end and what would be kept; refetched when the app changes. */
  preview: View<AppRemoval>;
  action: Action;
  /** Resolves to true once it was accepted. Never throws: a refusal is in `action`. */
  remove(confirmation: Confirmation): Promise<boolean>;
}

function removalQuery(api: CallboardApi, of: RemovalInput) {
  return queryOptions<AppRemoval>({
    queryKey: queryKeys.removal(of),
    queryFn: ({ signal }) => api.previewRemoval(of, { signal }),
  });
}

/** Removes an app from an environment, or deletes it, with a preview. */
export function useRemoveApp(of: RemovalInput): RemoveApp {
  const api = useCallboardApi();
  const { action, submit } = useSend();
  // Once it is accepted there is nothing left to preview.
  const preview = useQuery({
    ...removalQuery(api, of),
    enabled: action.kind !== 'accepted',
  });
  return {
    preview: viewOf(preview),
    action,
    remove: confirmation =>
      submit(() => api.removeApp({ ...of, ...confirmation })),
  };
}
