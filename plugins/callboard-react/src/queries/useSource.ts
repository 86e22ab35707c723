import type {
  AppSourceAnswer,
  NewAppSource,
} from '@callboard/plugin-callboard-common';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { CallboardApi } from '../api';
import { useCallboardApi, usePollInterval } from '../events';
import type { Action } from './Action';
import { queryKeys } from './queryKeys';
import { useSend } from './useSend';
import { type View, viewOf } from './View';

/** The repository that an app follows. */
function sourceQuery(api: CallboardApi, app: string) {
  return queryOptions<AppSourceAnswer>({
    queryKey: queryKeys.source(app),
    queryFn: ({ signal }) => api.getSource(app, { signal }),
  });
}

export function useSource(app: string): View<AppSourceAnswer> {
  const query = sourceQuery(useCallboardApi(), app);
  return viewOf(useQuery({ ...query, refetchInterval: usePollInterval() }));
}

export interface ChangeSource {
  action: Action;
  /** Each resolves to whether it was accepted; never throws. */
  connect(source: NewAppSource): Promise<boolean>;
  refresh(): Promise<boolean>;
  disconnect(why?: string): Promise<boolean>;
}

/** Connects an app to an external repository, checks its branch, and disconnects it. */
export function useChangeSource(app: string): ChangeSource {
  const api = useCallboardApi();
  const { action, submit } = useSend([
    queryKeys.source(app),
    queryKeys.apps(),
    queryKeys.journals(),
  ]);
  return {
    action,
    connect: source => submit(() => api.connectSource(app, source)),
    refresh: () => submit(() => api.refreshSource(app)),
    disconnect: why =>
      submit(() =>
        api.disconnectSource({ app, ...(why !== undefined && { why }) }),
      ),
  };
}
