import type {
  ClusterRegistration,
  JoinCommand,
} from '@callboard/plugin-callboard-common';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallboardApi } from '../events';
import { type Action, actionOf } from './Action';
import { queryKeys } from './queryKeys';

export interface RegistrationView {
  /** Known only in the window that made it: the portal does not keep the token. */
  registration?: JoinCommand;
  renewing: Action;
  /** Makes a new one; the one before lets nobody in any more. */
  renew(): void;
}

/** What lets the agent of a cluster in, once. */
export function useRegistration(cluster: string): RegistrationView {
  const api = useCallboardApi();
  const client = useQueryClient();
  const queryKey = queryKeys.registration(cluster);
  const { data: registration } = useQuery<JoinCommand>({
    queryKey,
    enabled: false,
    gcTime: Infinity,
  });
  const mutation = useMutation<ClusterRegistration, Error, void>({
    mutationFn: () => api.renewRegistration(cluster),
    onSuccess: ({ join }) => {
      client.setQueryData(queryKey, join);
      void client.invalidateQueries({ queryKey: queryKeys.clusters() });
    },
  });
  return {
    registration,
    renewing: actionOf(mutation),
    renew: () => mutation.mutate(),
  };
}
