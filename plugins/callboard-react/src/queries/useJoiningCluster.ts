import type { Cluster } from '@callboard/plugin-callboard-common';
import { useQuery } from '@tanstack/react-query';
import { useCallboardApi, usePollInterval } from '../events';
import { clusterQuery } from './useCluster';
import { type View, viewOf } from './View';

const JOINING_MS = 2_000; // a person watches the page and waits for the next step

/** A cluster that is joining the fleet: polled often until it has joined, then like any other. */
export function useJoiningCluster(cluster: string): View<Cluster> {
  const usual = usePollInterval();
  return viewOf(
    useQuery({
      ...clusterQuery(useCallboardApi(), cluster),
      refetchInterval: ({ state }) =>
        state.data?.join?.steps.some(({ state: step }) => step !== 'done')
          ? JOINING_MS
          : usual,
    }),
  );
}
