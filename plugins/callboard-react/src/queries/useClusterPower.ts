import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallboardApi } from '../events';
import { type Action, actionOf } from './Action';
import { queryKeys } from './queryKeys';

export interface ClusterPower {
  action: Action;
  /** What was asked last and accepted; the fleet shows the effect within the cluster's deadline. */
  asked?: { on: boolean };
  set(on: boolean): void;
}

/** Switches one simulated cluster. */
export function useClusterPower(cluster: string): ClusterPower {
  const api = useCallboardApi();
  const client = useQueryClient();
  const mutation = useMutation<void, Error, { on: boolean }>({
    mutationFn: ({ on }) => api.setClusterPower({ cluster, on }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: queryKeys.clusters() });
      void client.invalidateQueries({ queryKey: queryKeys.fleet() });
    },
  });
  return {
    action: actionOf(mutation),
    asked: mutation.status === 'error' ? undefined : mutation.variables,
    set: on => mutation.mutate({ on }),
  };
}
