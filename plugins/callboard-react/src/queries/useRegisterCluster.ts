import type {
  ClusterRegistration,
  NewCluster,
} from '@callboard/plugin-callboard-common';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallboardApi } from '../events';
import { type Action, actionOf } from './Action';
import { queryKeys } from './queryKeys';

export interface RegisterCluster {
  action: Action;
  /** Resolves to true once there is room for the cluster. Never throws: a refusal is in `action`. */
  register(cluster: NewCluster): Promise<boolean>;
}

/** Makes room for a cluster that dials out. Its registration is read by `useRegistration`, in this window alone. */
export function useRegisterCluster(): RegisterCluster {
  const api = useCallboardApi();
  const client = useQueryClient();
  const mutation = useMutation<ClusterRegistration, Error, NewCluster>({
    mutationFn: cluster => api.registerCluster(cluster),
    onSuccess: ({ name, join }) => {
      client.setQueryData(queryKeys.registration(name), join);
      void client.invalidateQueries({ queryKey: queryKeys.clusters() });
      void client.invalidateQueries({ queryKey: queryKeys.fleet() });
    },
  });
  return {
    action: actionOf(mutation),
    register: cluster =>
      mutation.mutateAsync(cluster).then(
        () => true,
        () => false,
      ),
  };
}
