import type { RolloutActionName } from '@callboard/plugin-callboard-common';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallboardApi } from '../events';
import { type Action, actionOf } from './Action';
import { queryKeys } from './queryKeys';

export interface SteerRollout {
  action: Action;
  /**
   * Resolves to true once it was accepted. Never throws: a refusal is in `action`.
   *
   * @param version - of the rollout that was shown
   */
  steer(action: RolloutActionName, version: string): Promise<boolean>;
  /** Forgets a refusal. */
  reset(): void;
}

/** Pauses, resumes, aborts or rolls back a rollout; its app is read again as soon as that is answered. */
export function useSteerRollout(
  app: string,
  environment: string,
): SteerRollout {
  const api = useCallboardApi();
  const client = useQueryClient();
  const mutation = useMutation<
    void,
    Error,
    { action: RolloutActionName; version: string }
  >({
    mutationFn: input => api.steerRollout({ app, environment, ...input }),
    // A refusal too: it says that something else holds by now.
    onSettled: () => {
      void client.invalidateQueries({ queryKey: queryKeys.apps() });
      void client.invalidateQueries({ queryKey: queryKeys.journals() });
    },
  });
  return {
    action: actionOf(mutation),
    steer: (action, version) =>
      mutation.mutateAsync({ action, version }).then(
        () => true,
        () => false,
      ),
    reset: mutation.reset,
  };
}
