import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { SchedulingInput } from '../api';
import { useCallboardApi } from '../events';
import { type Action, actionOf } from './Action';
import { queryKeys } from './queryKeys';

export interface ScheduleCluster {
  action: Action;
  /** Resolves to true once it was accepted. Never throws: a refusal is in `action`. */
  schedule(input: SchedulingInput): Promise<boolean>;
}

/** Cordons a cluster, drains it, or opens it again; it is read again as soon as that is accepted. */
export function useScheduleCluster(): ScheduleCluster {
  const api = useCallboardApi();
  const client = useQueryClient();
  const mutation = useMutation<void, Error, SchedulingInput>({
    mutationFn: input => api.scheduleCluster(input),
    onSuccess: () => {
      for (const queryKey of [
        queryKeys.clusters(),
        queryKeys.fleet(),
        queryKeys.journals(),
      ])
        void client.invalidateQueries({ queryKey });
    },
  });
  return {
    action: actionOf(mutation),
    schedule: input =>
      mutation.mutateAsync(input).then(
        () => true,
        () => false,
      ),
  };
}
