import type {
  ResourceAmounts,
  ScoreContainer,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';
import { parseCpu, parseMemory } from '../quantity';

/**
 * Returns the free capacity that an app needs on a cluster: the requests of all
 * its instances together.
 *
 * Where only a limit is given it is the request, as in Kubernetes; an instance
 * without requests still counts as one. Steps that run before the start count
 * in full, which is never too little.
 */
export function needsOf(
  workloads: readonly ScoreWorkload[],
  replicas: number,
): Required<ResourceAmounts> {
  const containers = workloads.flatMap(workload =>
    Object.values(workload.containers),
  );
  const sum = (amountOf: (container: ScoreContainer) => number | undefined) =>
    containers.reduce((total, each) => total + (amountOf(each) ?? 0), 0) *
    replicas;
  return {
    cpuMillicores: sum(({ resources }) =>
      parseCpu(resources?.requests?.cpu ?? resources?.limits?.cpu),
    ),
    memoryBytes: sum(({ resources }) =>
      parseMemory(resources?.requests?.memory ?? resources?.limits?.memory),
    ),
    pods: workloads.length * replicas,
  };
}
