import type { NewCluster } from '@callboard/plugin-callboard-common';
import { useQueryClient } from '@tanstack/react-query';
import { useCallboardApi } from '../events';
import type { Action } from './Action';
import { queryKeys } from './queryKeys';
import { useSend } from './useSend';

const OUTDATED = [queryKeys.clusters(), queryKeys.fleet()];

export interface RegisterCluster {
  action: Action;
  /** Resolves to true once the cluster is registered. Never throws: a refusal is in `action`. */
  register(cluster: NewCluster): Promise<boolean>;
}

/** Registers a cluster whose agent dials out. Its registration is read by `useRegistration`, only in this window. */
export function useRegisterCluster(): RegisterCluster {
  const api = useCallboardApi();
  const client = useQueryClient();
  const { action, submit } = useSend(OUTDATED);
  return {
    action,
    register: cluster =>
      submit(async () => {
        const { name, join } = await api.registerCluster(cluster);
        client.setQueryData(queryKeys.registration(name), join);
      }),
  };
}
