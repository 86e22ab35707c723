import type { CallboardApi } from '../api';
import { useCallboardApi } from '../events';
import type { Action } from './Action';
import { useSend } from './useSend';

type PromotionInput = Parameters<CallboardApi['promote']>[0];

export interface PromoteRelease {
  action: Action;
  /** Resolves to true once the promotion was accepted. Never throws: a refusal is in `action`. */
  promote(input: PromotionInput): Promise<boolean>;
  reset(): void;
}

/** Promotes a release to an environment, or rolls back to an older one; its app is refetched after the response. */
export function usePromoteRelease(): PromoteRelease {
  const api = useCallboardApi();
  const { action, submit, reset } = useSend();
  return { action, promote: input => submit(() => api.promote(input)), reset };
}
