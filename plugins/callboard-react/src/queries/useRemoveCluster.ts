import { useQueryClient } from '@tanstack/react-query';
import { useCallboardApi } from '../events';
import type { Action } from './Action';
import { queryKeys } from './queryKeys';
import { useSend } from './useSend';

export interface RemoveCluster {
  action: Action;
  /** Resolves to true once the cluster is removed. Never throws: a refusal is in `action`. */
  remove(): Promise<boolean>;
}

/** Removes a cluster that dials out from the fleet. */
export function useRemoveCluster(cluster: string): RemoveCluster {
  const api = useCallboardApi();
  const client = useQueryClient();
  const { action, submit } = useSend([]);
  return {
    action,
    remove: () =>
      submit(async () => {
        await api.removeCluster(cluster);
        client.removeQueries({ queryKey: queryKeys.registration(cluster) });
        // Its own page is being left; refetching it would only report that it is gone.
        for (const queryKey of [
          queryKeys.clusters(),
          queryKeys.fleet(),
          queryKeys.apps(),
          queryKeys.journals(),
        ])
          void client.invalidateQueries({ queryKey, refetchType: 'none' });
      }),
  };
}
