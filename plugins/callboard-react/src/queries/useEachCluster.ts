import type { Problem } from '@callboard/plugin-callboard-common';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { type CallboardApi, problemOfError } from '../api';
import { useCallboardApi } from '../events';
import { queryKeys } from './queryKeys';

/** Outcome of an action on one of several clusters. */
export type ClusterOutcome =
  | { cluster: string; state: 'running' | 'done' }
  | { cluster: string; state: 'refused'; problem: Problem };

export interface EachCluster {
  /** In the requested order; empty before the first run. */
  outcomes: ClusterOutcome[];
  isRunning: boolean;
  /** Acts on the clusters; a failure on one does not stop the others. Never throws. */
  run(
    clusters: readonly string[],
    act: (api: CallboardApi, cluster: string) => Promise<void>,
  ): Promise<ClusterOutcome[]>;
}

const AT_ONCE = 4; // limits the number of concurrent requests

/**
 * Runs the same action on several clusters and reports the outcome of each. A
 * repetition is harmless: each action is idempotent.
 */
export function useEachCluster(): EachCluster {
  const api = useCallboardApi();
  const client = useQueryClient();
  const [outcomes, setOutcomes] = useState<ClusterOutcome[]>([]);
  const run = useCallback<EachCluster['run']>(
    async (clusters, act) => {
      const known = new Map<string, ClusterOutcome>(
        clusters.map(cluster => [cluster, { cluster, state: 'running' }]),
      );
      const show = () => setOutcomes([...known.values()]);
      show();
      const queue = [...clusters];
      const work = async () => {
        for (let name = queue.shift(); name; name = queue.shift()) {
          known.set(name, await outcomeOf(name, act(api, name)));
          show();
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
      for (const queryKey of [
        queryKeys.clusters(),
        queryKeys.fleet(),
        queryKeys.journals(),
      ])
        void client.invalidateQueries({ queryKey });
      return [...known.values()];
    },
    [api, client],
  );
  return {
    outcomes,
    isRunning: outcomes.some(({ state }) => state === 'running'),
    run,
  };
}

function outcomeOf(
  cluster: string,
  action: Promise<void>,
): Promise<ClusterOutcome> {
  return action.then(
    () => ({ cluster, state: 'done' }),
    error => ({ cluster, state: 'refused', problem: problemOfError(error) }),
  );
}
