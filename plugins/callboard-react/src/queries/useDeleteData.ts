import type { DeploymentKey } from '../api';
import { useCallboardApi } from '../events';
import type { Action } from './Action';
import { useSend } from './useSend';

export interface DeleteData {
  action: Action;
  /** Resolves to true once it was accepted. Never throws: a refusal is in `action`. */
  remove(): Promise<boolean>;
}

/** Deletes data that an app left on a cluster, or removes it from the list; its app is refetched after the response. */
export function useDeleteData(
  of: DeploymentKey,
  options: { forget: boolean },
): DeleteData {
  const api = useCallboardApi();
  const { action, submit } = useSend();
  return { action, remove: () => submit(() => api.deleteData(of, options)) };
}
