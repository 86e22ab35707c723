import type { AppRemoval } from '@callboard/plugin-callboard-common';
import {
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { CallboardApi, RemovalInput } from '../api';
import { useCallboardApi } from '../events';
import { type Action, actionOf } from './Action';
import { queryKeys } from './queryKeys';
import { type View, viewOf } from './View';

/** What a person says with a removal. */
interface Confirmation {
  /** The name of the app. */
  confirm: string;
  why?: string;
}

export interface RemoveApp {
  /** What would end and what would be kept; it follows the app. */
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

/** Takes an app out of an environment, or deletes it, and says beforehand what that would do. */
export function useRemoveApp(of: RemovalInput): RemoveApp {
  const api = useCallboardApi();
  const client = useQueryClient();
  const mutation = useMutation<AppRemoval, Error, Confirmation>({
    mutationFn: confirmation => api.removeApp({ ...of, ...confirmation }),
    // A refusal too: it says that something else holds by now.
    onSettled: () => {
      void client.invalidateQueries({ queryKey: queryKeys.apps() });
      void client.invalidateQueries({ queryKey: queryKeys.journals() });
    },
  });
  // Once it is accepted there is nothing left to ask about.
  const preview = useQuery({
    ...removalQuery(api, of),
    enabled: !mutation.isSuccess,
  });
  return {
    preview: viewOf(preview),
    action: actionOf(mutation),
    remove: confirmation =>
      mutation.mutateAsync(confirmation).then(
        () => true,
        () => false,
      ),
  };
}
