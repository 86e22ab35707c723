import type {
  InvitedCluster,
  NewCluster,
} from '@callboard/plugin-callboard-common';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallboardApi } from '../events';
import { type Action, actionOf } from './Action';
import { queryKeys } from './queryKeys';

export interface InviteCluster {
  action: Action;
  /** Resolves to true once there is room for the cluster. Never throws: a refusal is in `action`. */
  invite(cluster: NewCluster): Promise<boolean>;
}

/** Makes room for a cluster that dials out. Its invitation is read by `useInvitation`, in this window alone. */
export function useInviteCluster(): InviteCluster {
  const api = useCallboardApi();
  const client = useQueryClient();
  const mutation = useMutation<InvitedCluster, Error, NewCluster>({
    mutationFn: cluster => api.inviteCluster(cluster),
    onSuccess: ({ name, join }) => {
      client.setQueryData(queryKeys.invitation(name), join);
      void client.invalidateQueries({ queryKey: queryKeys.clusters() });
      void client.invalidateQueries({ queryKey: queryKeys.fleet() });
    },
  });
  return {
    action: actionOf(mutation),
    invite: cluster =>
      mutation.mutateAsync(cluster).then(
        () => true,
        () => false,
      ),
  };
}
