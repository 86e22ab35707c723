import type { Cluster } from '@callboard/plugin-callboard-common';
import { useQuery } from '@tanstack/react-query';
import { useCallboardApi, usePollInterval } from '../events';
import { clusterQuery } from './useCluster';
import { type View, viewOf } from './View';

const JOINING_MS = 2_000; // somebody sits before it and waits for the next step

/** A cluster on its way into the fleet: asked often until it is there, then as any other. */
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
