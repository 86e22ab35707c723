import type {
  Timeline,
  TimelineLanes,
} from '@callboard/plugin-callboard-common';
import { useQuery } from '@tanstack/react-query';
import type { CallboardApi } from '../api';
import { useCallboardApi, usePollInterval } from '../events';
import { useInstant } from '../instant';
import { askAt } from './askAt';
import { queryKeys } from './queryKeys';
import { type View, viewOf } from './View';

const DAY_MS = 86_400_000;

/** The part of an app's history that a timeline shows. */
export interface TimelineFilter {
  app: string;
  lanes: TimelineLanes;
  /** Length of the window; absent for the last week, or for all history when that is shorter. */
  days?: number;
}

/** Releases and incidents of the last days, until now or until an instant. */
export function timelineQuery(
  api: CallboardApi,
  filter: TimelineFilter,
  at?: Date,
) {
  const { app, lanes, days } = filter;
  return askAt<Timeline>(
    {
      queryKey: queryKeys.timeline(filter),
      ask: options => {
        const end = at?.getTime() ?? Date.now();
        return api.getTimeline(
          app,
          {
            lanes,
            ...(days !== undefined && { from: new Date(end - days * DAY_MS) }),
          },
          options,
        );
      },
    },
    at,
  );
}

export function useTimeline(filter: TimelineFilter): View<Timeline> {
  const query = timelineQuery(useCallboardApi(), filter, useInstant());
  return viewOf(
    useQuery({
      ...query,
      refetchInterval: usePollInterval(),
      // The window shown before stays visible while another one of the same app is loaded.
      placeholderData: (before, asked) =>
        asked?.queryKey.includes(filter.app) ? before : undefined,
    }),
  );
}
