import type {
  ClusterRegistration,
  JoinCommand,
} from '@callboard/plugin-callboard-common';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallboardApi } from '../events';
import { type Action, actionOf } from './Action';
import { queryKeys } from './queryKeys';

export interface RegistrationView {
  /** Available only in the window that made it: the portal does not store the token. */
  registration?: JoinCommand;
  renewing: Action;
  /** Makes a new one; the previous one is refused from then on. */
  renew(): void;
}

/** The one-time registration of a cluster's agent. */
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
