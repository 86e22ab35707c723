import type { DataDeletion } from '@callboard/plugin-callboard-common';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { DeploymentKey } from '../api';
import { useCallboardApi } from '../events';
import { type Action, actionOf } from './Action';
import { queryKeys } from './queryKeys';

export interface DeleteData {
  action: Action;
  /** Resolves to true once it was accepted. Never throws: a refusal is in `action`. */
  remove(): Promise<boolean>;
}

/** Has the data deleted, or forgotten, that an app left on a cluster; its app is read again as soon as that is answered. */
export function useDeleteData(
  of: DeploymentKey,
  options: { forget: boolean },
): DeleteData {
  const api = useCallboardApi();
  const client = useQueryClient();
  const mutation = useMutation<DataDeletion, Error, void>({
    mutationFn: () => api.deleteData(of, options),
    // A refusal too: it says that something else holds by now.
    onSettled: () => {
      void client.invalidateQueries({ queryKey: queryKeys.apps() });
      void client.invalidateQueries({ queryKey: queryKeys.journals() });
    },
  });
  return {
    action: actionOf(mutation),
    remove: () =>
      mutation.mutateAsync().then(
        () => true,
        () => false,
      ),
  };
}
