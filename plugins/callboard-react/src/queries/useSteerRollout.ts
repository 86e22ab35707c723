import type { RolloutActionName } from '@callboard/plugin-callboard-common';
import { useCallboardApi } from '../events';
import type { Action } from './Action';
import { useSend } from './useSend';

export interface SteerRollout {
  action: Action;
  /**
   * Resolves to true once it was accepted. Never throws: a refusal is in `action`.
   *
   * @param version - of the rollout that was shown
   */
  steer(action: RolloutActionName, version: string): Promise<boolean>;
  /** Clears a refusal. */
  reset(): void;
}

/** Pauses, resumes, aborts or rolls back a rollout; its app is refetched after the response. */
export function useSteerRollout(
  app: string,
  environment: string,
): SteerRollout {
  const api = useCallboardApi();
  const { action, submit, reset } = useSend();
  return {
    action,
    steer: (name, version) =>
      submit(() =>
        api.steerRollout({ app, environment, action: name, version }),
      ),
    reset,
  };
}
