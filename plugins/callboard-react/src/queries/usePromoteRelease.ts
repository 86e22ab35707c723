import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallboardApi } from '../events';
import { type Action, actionOf } from './Action';
import { queryKeys } from './queryKeys';

export interface PromoteRelease {
  action: Action;
  /** Resolves to true once the promotion was accepted. Never throws: a refusal is in `action`. */
  promote(input: {
    app: string;
    environment: string;
    release: number;
  }): Promise<boolean>;
  reset(): void;
}

/** Brings a release into an environment; its app is read again as soon as that is accepted. */
export function usePromoteRelease(): PromoteRelease {
  const api = useCallboardApi();
  const client = useQueryClient();
  const mutation = useMutation<
    void,
    Error,
    { app: string; environment: string; release: number }
  >({
    mutationFn: input => api.promote(input),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: queryKeys.apps() });
      void client.invalidateQueries({ queryKey: queryKeys.journals() });
    },
  });
  return {
    action: actionOf(mutation),
    promote: input =>
      mutation.mutateAsync(input).then(
        () => true,
        () => false,
      ),
    reset: mutation.reset,
  };
}
