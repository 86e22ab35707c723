import type {
  InvitedCluster,
  JoinInvitation,
} from '@callboard/plugin-callboard-common';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallboardApi } from '../events';
import { type Action, actionOf } from './Action';
import { queryKeys } from './queryKeys';

export interface ClusterInvitation {
  /** Known only in the window that made it: the portal does not keep the token. */
  invitation?: JoinInvitation;
  renewing: Action;
  /** Makes a new one; the one before lets nobody in any more. */
  renew(): void;
}

/** What lets the agent of a cluster in, once. */
export function useInvitation(cluster: string): ClusterInvitation {
  const api = useCallboardApi();
  const client = useQueryClient();
  const queryKey = queryKeys.invitation(cluster);
  const { data: invitation } = useQuery<JoinInvitation>({
    queryKey,
    enabled: false,
    gcTime: Infinity,
  });
  const mutation = useMutation<InvitedCluster, Error, void>({
    mutationFn: () => api.renewInvitation(cluster),
    onSuccess: ({ join }) => {
      client.setQueryData(queryKey, join);
      void client.invalidateQueries({ queryKey: queryKeys.clusters() });
    },
  });
  return {
    invitation,
    renewing: actionOf(mutation),
    renew: () => mutation.mutate(),
  };
}
