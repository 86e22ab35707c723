import type { RolloutActionName } from '@callboard/plugin-callboard-common';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallboardApi } from '../events';
import { type Action, actionOf } from './Action';
import { queryKeys } from './queryKeys';

export interface SteerRollout {
  action: Action;
  /** Resolves to true once it was accepted. Never throws: a refusal is in `action`. */
  steer(action: RolloutActionName): Promise<boolean>;
}

/** Pauses, resumes, aborts or rolls back a rollout; its app is read again as soon as that is accepted. */
export function useSteerRollout(
  app: string,
  environment: string,
): SteerRollout {
  const api = useCallboardApi();
  const client = useQueryClient();
  const mutation = useMutation<void, Error, RolloutActionName>({
    mutationFn: action => api.steerRollout({ app, environment, action }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: queryKeys.apps() });
      void client.invalidateQueries({ queryKey: queryKeys.journals() });
    },
  });
  return {
    action: actionOf(mutation),
    steer: action =>
      mutation.mutateAsync(action).then(
        () => true,
        () => false,
      ),
  };
}
