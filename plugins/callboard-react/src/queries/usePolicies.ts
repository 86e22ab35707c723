import type {
  Exception,
  NewException,
  PolicyTrial,
} from '@callboard/plugin-callboard-common';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CallboardApi, PolicyList } from '../api';
import { useCallboardApi, usePollInterval } from '../events';
import type { Action } from './Action';
import { queryKeys } from './queryKeys';
import { useSend } from './useSend';
import { type View, viewOf } from './View';

const PENDING_MS = 1_000; // as long as the portal judges for one answer

/** The policies of the platform, with their current violations. */
export function policiesQuery(api: CallboardApi) {
  return queryOptions<PolicyList>({
    queryKey: queryKeys.policies(),
    queryFn: ({ signal }) => api.listPolicies({ signal }),
  });
}

/** Refetched at once while some running apps are not judged yet. */
export function usePolicies(): View<PolicyList> {
  const pollMs = usePollInterval();
  return viewOf(
    useQuery({
      ...policiesQuery(useCallboardApi()),
      refetchInterval: ({ state }) =>
        (state.data?.pending ?? 0) > 0 ? PENDING_MS : pollMs,
    }),
  );
}

/** Exceptions in force, those that expire first in front. */
export function exceptionsQuery(api: CallboardApi) {
  return queryOptions<Exception[]>({
    queryKey: queryKeys.exceptions(),
    queryFn: ({ signal }) => api.listExceptions({ signal }),
  });
}

export function useExceptions(): View<Exception[]> {
  const query = exceptionsQuery(useCallboardApi());
  return viewOf(useQuery({ ...query, refetchInterval: usePollInterval() }));
}

export interface TryPolicy {
  action: Action;
  /** The latest answer. */
  trial: PolicyTrial | undefined;
  run(days: number): Promise<void>;
}

/** Reports what a policy would have refused. */
export function useTryPolicy(policy: string): TryPolicy {
  const api = useCallboardApi();
  const { action, send } = useSend([]);
  const [trial, setTrial] = useState<PolicyTrial>();
  return {
    action,
    trial,
    run: async days => setTrial(await send(() => api.tryPolicy(policy, days))),
  };
}

export interface ChangeExceptions {
  action: Action;
  /** Resolves to whether it was created. Never throws. */
  create(exception: NewException): Promise<boolean>;
  /** Resolves to whether it was ended. Never throws. */
  end(id: string): Promise<boolean>;
}

const OUTDATED = [
  queryKeys.policies(),
  queryKeys.exceptions(),
  queryKeys.journals(),
];

/** Creates and ends exceptions. */
export function useChangeExceptions(): ChangeExceptions {
  const api = useCallboardApi();
  const { action, submit } = useSend(OUTDATED);
  return {
    action,
    create: exception => submit(() => api.createException(exception)),
    end: id => submit(() => api.endException(id)),
  };
}
