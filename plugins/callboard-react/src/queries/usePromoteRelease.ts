import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { CallboardApi } from '../api';
import { useCallboardApi } from '../events';
import { type Action, actionOf } from './Action';
import { queryKeys } from './queryKeys';

type PromotionInput = Parameters<CallboardApi['promote']>[0];

export interface PromoteRelease {
  action: Action;
  /** Resolves to true once the promotion was accepted. Never throws: a refusal is in `action`. */
  promote(input: PromotionInput): Promise<boolean>;
  reset(): void;
}

/** Promotes a release to an environment, or rolls back to an older one; its app is read again as soon as that is answered. */
export function usePromoteRelease(): PromoteRelease {
  const api = useCallboardApi();
  const client = useQueryClient();
  const mutation = useMutation<void, Error, PromotionInput>({
    mutationFn: input => api.promote(input),
    // A refusal too: it says that something else holds by now.
    onSettled: () => {
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
