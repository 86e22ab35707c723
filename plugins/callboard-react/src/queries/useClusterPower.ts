import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useCallboardApi } from '../events';
import { type Action, actionOf } from './Action';
import { queryKeys } from './queryKeys';

export interface ClusterPower {
  action: Action;
  /** The requested state until the fleet shows it; then the fleet's. */
  isOn: boolean;
  set(on: boolean): void;
}

/**
 * Switches one simulated cluster. The loss of contact shows only after the
 * cluster's deadline, its return after the first contact: until then the switch
 * shows the requested state.
 *
 * @param isSeen - whether the cluster is in contact now
 */
export function useClusterPower(
  cluster: string,
  isSeen: boolean,
): ClusterPower {
  const api = useCallboardApi();
  const client = useQueryClient();
  const mutation = useMutation<void, Error, { on: boolean }>({
    mutationFn: ({ on }) => api.setClusterPower({ cluster, on }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: queryKeys.clusters() });
      void client.invalidateQueries({ queryKey: queryKeys.fleet() });
    },
  });
  const { status, variables, reset } = mutation;
  const asked = status === 'error' ? undefined : variables?.on;

  useEffect(() => {
    if (status === 'success' && asked === isSeen) reset();
  }, [status, asked, isSeen, reset]);

  return {
    action: actionOf(mutation),
    isOn: asked ?? isSeen,
    set: on => mutation.mutate({ on }),
  };
}
