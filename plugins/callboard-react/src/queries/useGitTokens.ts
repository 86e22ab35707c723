import type {
  GitTokenPage,
  IssuedGitToken,
  NewGitToken,
} from '@callboard/plugin-callboard-common';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { CallboardApi } from '../api';
import { useCallboardApi, usePollInterval } from '../events';
import type { Action } from './Action';
import { queryKeys } from './queryKeys';
import { useSend } from './useSend';
import { type View, viewOf } from './View';

export type GitTokenList = Pick<GitTokenPage, 'items' | 'maxDays'>;

/** Git tokens of the user, and of apps that they may push to. */
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
  /** Resolves to the token, which is stored nowhere else; `undefined` when it was refused. Never throws. */
  create(token: NewGitToken): Promise<IssuedGitToken | undefined>;
  /** Resolves to whether it was revoked. Never throws. */
  revoke(id: string): Promise<boolean>;
}

const OUTDATED = [queryKeys.gitTokens(), queryKeys.journals()];

/** Creates and revokes git tokens. */
export function useChangeGitTokens(): ChangeGitTokens {
  const api = useCallboardApi();
  const { action, send, submit } = useSend(OUTDATED);
  return {
    action,
    create: token => send(() => api.createGitToken(token)),
    revoke: id => submit(() => api.revokeGitToken(id)),
  };
}
