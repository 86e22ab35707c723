import type { ResourceRotation } from '@callboard/plugin-callboard-common';
import { useCallboardApi } from '../events';
import type { Action } from './Action';
import { useSend } from './useSend';

export interface RotateSecrets {
  action: Action;
  /**
   * Resolves to the rotation with its restarts once it is accepted. Never throws: a
   * refusal is in `action`, and nothing is sent while a rotation is in flight.
   */
  rotate(resource: string): Promise<ResourceRotation | undefined>;
}

/** Makes new secrets for a resource of an environment; its app is refetched after the response. */
export function useRotateSecrets(
  app: string,
  environment: string,
): RotateSecrets {
  const api = useCallboardApi();
  const { action, send } = useSend();
  return {
    action,
    rotate: resource =>
      send(() => api.rotateSecrets({ app, environment, resource })),
  };
}
