import type { EnvironmentAction } from '@callboard/plugin-callboard-common';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { CallboardApi, OperateInput } from '../api';
import { useCallboardApi } from '../events';
import type { Action } from './Action';
import { queryKeys } from './queryKeys';
import { useSend } from './useSend';
import { type View, viewOf } from './View';

export interface Operation {
  /** The effect of the operation; refetched when the app changes. */
  preview: View<EnvironmentAction>;
  action: Action;
  /** Resolves to true once it was accepted. Never throws: a refusal is in `action`. */
  operate(more: { why?: string; requestId?: string }): Promise<boolean>;
}

function operationQuery(api: CallboardApi, of: OperateInput) {
  return queryOptions<EnvironmentAction>({
    queryKey: queryKeys.operation(of),
    queryFn: ({ signal }) => api.previewOperation(of, { signal }),
  });
}

/** Stops, starts, restarts or scales an app in an environment, with a preview. */
export function useOperation(of: OperateInput): Operation {
  const api = useCallboardApi();
  const { action, submit } = useSend();
  return {
    preview: viewOf(useQuery(operationQuery(api, of))),
    action,
    operate: more => submit(() => api.operateEnvironment({ ...of, ...more })),
  };
}
