import type { ResourceRotation } from '@callboard/plugin-callboard-common';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useCallboardApi } from '../events';
import { type Action, actionOf } from './Action';
import { queryKeys } from './queryKeys';

export interface RotateSecrets {
  action: Action;
  /**
   * Resolves to what is started again once it is accepted. Never throws: a
   * refusal is in `action`, and nothing is sent while a rotation is on its way.
   */
  rotate(resource: string): Promise<ResourceRotation | undefined>;
}

/** Has new secrets made for a resource of an environment; its app is read again as soon as that is answered. */
export function useRotateSecrets(
  app: string,
  environment: string,
): RotateSecrets {
  const api = useCallboardApi();
  const client = useQueryClient();
  const isRunning = useRef(false);
  const mutation = useMutation<ResourceRotation, Error, string>({
    mutationFn: resource => api.rotateSecrets({ app, environment, resource }),
    onSettled: () => {
      isRunning.current = false;
      void client.invalidateQueries({ queryKey: queryKeys.apps() });
      void client.invalidateQueries({ queryKey: queryKeys.journals() });
    },
  });
  return {
    action: actionOf(mutation),
    rotate: async resource => {
      // A second press may come before the first one is drawn.
      if (isRunning.current) return undefined;
      isRunning.current = true;
      return mutation.mutateAsync(resource).catch(() => undefined);
    },
  };
}
