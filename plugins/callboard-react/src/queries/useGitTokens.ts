import type {
  GitTokenPage,
  IssuedGitToken,
  NewGitToken,
} from '@callboard/plugin-callboard-common';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { type CallboardApi, problemOfError } from '../api';
import { useCallboardApi, usePollInterval } from '../events';
import type { Action } from './Action';
import { queryKeys } from './queryKeys';
import { type View, viewOf } from './View';

export type GitTokenList = Pick<GitTokenPage, 'items' | 'maxDays'>;

/** Git tokens of who looks, and of apps that they may push to. */
export function gitTokensQuery(api: CallboardApi) {
  return queryOptions<GitTokenList>({
    queryKey: queryKeys.gitTokens(),
    queryFn: ({ signal }) => api.listGitTokens({ signal }),
  });
}

export function useGitTokens(): View<GitTokenList> {
  const query = gitTokensQuery(useCallboardApi());
  return viewOf(useQuery({ ...query, refetchInterval: usePollInterval() }));
}

export interface ChangeGitTokens {
  action: Action;
  /** Resolves to the token, which nothing else keeps; `undefined` where it was refused. Never throws. */
  create(token: NewGitToken): Promise<IssuedGitToken | undefined>;
  /** Resolves to whether it was revoked. Never throws. */
  revoke(id: string): Promise<boolean>;
}

/**
 * Creates and revokes git tokens. It is no mutation of the query client: that
 * would keep a new token in its cache for minutes.
 */
export function useChangeGitTokens(): ChangeGitTokens {
  const api = useCallboardApi();
  const client = useQueryClient();
  const [action, setAction] = useState<Action>({ kind: 'idle' });
  const isRunning = useRef(false);
  const send = async <T>(ask: () => Promise<T>): Promise<T | undefined> => {
    if (isRunning.current) return undefined;
    isRunning.current = true;
    setAction({ kind: 'running' });
    try {
      const answer = await ask();
      setAction({ kind: 'accepted' });
      return answer;
    } catch (error) {
      setAction({ kind: 'refused', problem: problemOfError(error) });
      return undefined;
    } finally {
      isRunning.current = false;
      // After a refusal too: it says that something else holds by now.
      void client.invalidateQueries({ queryKey: queryKeys.gitTokens() });
      void client.invalidateQueries({ queryKey: queryKeys.journals() });
    }
  };
  return {
    action,
    create: token => send(() => api.createGitToken(token)),
    revoke: async id =>
      (await send(async () => {
        await api.revokeGitToken(id);
        return true;
      })) ?? false,
  };
}
