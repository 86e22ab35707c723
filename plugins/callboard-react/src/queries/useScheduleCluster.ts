import type { SchedulingInput } from '../api';
import { useCallboardApi } from '../events';
import type { Action } from './Action';
import { queryKeys } from './queryKeys';
import { useSend } from './useSend';

const OUTDATED = [
  queryKeys.clusters(),
  queryKeys.fleet(),
  queryKeys.journals(),
];

export interface ScheduleCluster {
  action: Action;
  /** Resolves to true once it was accepted. Never throws: a refusal is in `action`. */
  schedule(input: SchedulingInput): Promise<boolean>;
}

/** Cordons a cluster, drains it, or lets it accept apps again; it is refetched after the response. */
export function useScheduleCluster(): ScheduleCluster {
  const api = useCallboardApi();
  const { action, submit } = useSend(OUTDATED);
  return {
    action,
    schedule: input => submit(() => api.scheduleCluster(input)),
  };
}
