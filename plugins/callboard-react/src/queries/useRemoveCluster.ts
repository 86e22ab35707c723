import type { RemovedCluster } from '@callboard/plugin-callboard-common';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallboardApi } from '../events';
import { type Action, actionOf } from './Action';
import { queryKeys } from './queryKeys';

export interface RemoveCluster {
  action: Action;
  /** Resolves to true once the cluster is out of the fleet. Never throws: a refusal is in `action`. */
  remove(): Promise<boolean>;
}

/** Takes a cluster that dials out from the fleet. */
export function useRemoveCluster(cluster: string): RemoveCluster {
  const api = useCallboardApi();
  const client = useQueryClient();
  const mutation = useMutation<RemovedCluster, Error, void>({
    mutationFn: () => api.removeCluster(cluster),
    onSuccess: () => {
      client.removeQueries({ queryKey: queryKeys.registration(cluster) });
      // Its own page is left; asking for it again would only say that it is gone.
      for (const queryKey of [
        queryKeys.clusters(),
        queryKeys.fleet(),
        queryKeys.apps(),
        queryKeys.journals(),
      ])
        void client.invalidateQueries({ queryKey, refetchType: 'none' });
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
