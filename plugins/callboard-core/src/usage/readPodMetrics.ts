import type { KubeObject } from '@callboard/plugin-callboard-common';
import { listAt, textAt, timeAt, valueAt } from '../health/fields';
import { parseCpu, parseMemory } from '../quantity';
import type { PodMeasurement } from './types';

const MOST_CONTAINERS = 40;
const MOST_CPU_MILLICORES = 10_000_000;
const MOST_MEMORY_BYTES = 2 ** 50;

/**
 * Parses a `PodMetrics` of `metrics.k8s.io/v1beta1`. Containers with amounts
 * that are invalid, or larger than any node, are left out: a cluster's data is
 * untrusted.
 *
 * @returns undefined where it has no instant or no measurement
 */
export function readPodMetrics(object: KubeObject): PodMeasurement | undefined {
  const at = timeAt(object, 'timestamp');
  const { namespace, name } = object.metadata;
  if (!at || namespace === undefined) return undefined;
  const containers = listAt(object, 'containers')
    .slice(0, MOST_CONTAINERS)
    .flatMap(each => {
      const container = textAt(each, 'name');
      const cpuMillicores = parseCpu(valueAt(each, 'usage', 'cpu'));
      const memoryBytes = parseMemory(valueAt(each, 'usage', 'memory'));
      return container !== undefined &&
        isWithin(cpuMillicores, MOST_CPU_MILLICORES) &&
        isWithin(memoryBytes, MOST_MEMORY_BYTES)
        ? [{ container, cpuMillicores, memoryBytes }]
        : [];
    });
  if (containers.length === 0) return undefined;
  return { namespace, pod: name, at, containers };
}

function isWithin(amount: number | undefined, most: number): amount is number {
  return amount !== undefined && amount >= 0 && amount <= most;
}
