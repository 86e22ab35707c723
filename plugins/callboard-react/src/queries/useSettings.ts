import type { SettingList } from '@callboard/plugin-callboard-common';
import { useQueries, useQuery } from '@tanstack/react-query';
import type { CallboardApi, SettingsRef } from '../api';
import { useCallboardApi, usePollInterval } from '../events';
import { useInstant } from '../instant';
import { askAt } from './askAt';
import { queryKeys } from './queryKeys';
import { type View, viewOf } from './View';

const JUST_BEFORE_MS = 1; // the database stores milliseconds
const BEGINNING = '1970-01-01T00:00:00Z'; // placeholder for a query that is disabled

/** Settings of an app in an environment, or for all of them, and those that are missing. */
export function settingsQuery(api: CallboardApi, of: SettingsRef, at?: Date) {
  return askAt<SettingList>(
    {
      queryKey: queryKeys.settings(of),
      ask: options => api.listSettings(of, options),
    },
    at,
  );
}

/**
 * @param environment - all of them when omitted
 */
export function useSettings(
  app: string,
  environment?: string,
): View<SettingList> {
  const query = settingsQuery(
    useCallboardApi(),
    { app, ...(environment !== undefined && { environment }) },
    useInstant(),
  );
  return viewOf(useQuery({ ...query, refetchInterval: usePollInterval() }));
}

/** Settings of each of several environments, in their order. */
export function useEachSettings(
  app: string,
  environments: readonly string[],
): Array<View<SettingList>> {
  const api = useCallboardApi();
  const at = useInstant();
  const refetchInterval = usePollInterval();
  return useQueries({
    queries: environments.map(environment => ({
      ...settingsQuery(api, { app, environment }, at),
      refetchInterval,
    })),
  }).map(query => viewOf(query));
}

/**
 * Settings just before a change: those that reverting it restores.
 *
 * @param changedAt - nothing is fetched while it is undefined
 */
export function useSettingsBefore(
  of: SettingsRef,
  changedAt: string | undefined,
): View<SettingList> {
  const at = new Date(Date.parse(changedAt ?? BEGINNING) - JUST_BEFORE_MS);
  return viewOf(
    useQuery({
      ...settingsQuery(useCallboardApi(), of, at),
      enabled: changedAt !== undefined,
    }),
  );
}
