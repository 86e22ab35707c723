import { timestamp } from '../clock';
import type { JsonObject } from '../json';
import type { Pod } from '../kinds';
import type { ContainerUsage } from '../kubelet';
import { METRICS_VERSION } from './metricsDocuments';

/** Returns the current usage of a pod's containers, by container name; empty until they are measured. */
export type UsageOf = (pod: Pod) => ReadonlyMap<string, ContainerUsage>;

/** Returns a `PodMetrics`, as metrics-server does; undefined for a pod that is not measured yet. */
export function podMetrics(
  pod: Pod,
  usageOf: UsageOf,
  now: Date,
): JsonObject | undefined {
  const usage = usageOf(pod);
  if (usage.size === 0) return undefined;
  const { name, namespace, labels } = pod.metadata;
  return {
    kind: 'PodMetrics',
    apiVersion: METRICS_VERSION,
    metadata: {
      name,
      namespace,
      creationTimestamp: timestamp(now),
      ...(labels && { labels }),
    },
    ...intervalOf([...usage.values()]),
    containers: [...usage].map(([container, each]) => ({
      name: container,
      usage: quantitiesOf(each),
    })),
  };
}

/** Returns a `NodeMetrics`: the sum of its pods; undefined where none is measured. */
export function nodeMetrics(
  node: string,
  { pods, usageOf, now }: { pods: readonly Pod[]; usageOf: UsageOf; now: Date },
): JsonObject | undefined {
  const all = pods
    .filter(({ spec }) => spec.nodeName === node)
    .flatMap(pod => [...usageOf(pod).values()]);
  if (all.length === 0) return undefined;
  return {
    kind: 'NodeMetrics',
    apiVersion: METRICS_VERSION,
    metadata: { name: node, creationTimestamp: timestamp(now) },
    ...intervalOf(all),
    usage: quantitiesOf({
      cpuNanocores: all.reduce((sum, each) => sum + each.cpuNanocores, 0),
      memoryBytes: all.reduce((sum, each) => sum + each.memoryBytes, 0),
    }),
  };
}

/** Metrics cover the window that ends at the timestamp: the oldest of the added measurements. */
function intervalOf(all: readonly ContainerUsage[]): JsonObject {
  const oldest = all.reduce((a, b) => (a.at <= b.at ? a : b));
  return {
    timestamp: timestamp(oldest.at),
    window: `${Math.round(oldest.windowMs) / 1000}s`,
  };
}

function quantitiesOf({
  cpuNanocores,
  memoryBytes,
}: Pick<ContainerUsage, 'cpuNanocores' | 'memoryBytes'>): JsonObject {
  return {
    cpu: cpuNanocores === 0 ? '0' : `${Math.round(cpuNanocores)}n`,
    memory: `${Math.ceil(memoryBytes / 1024)}Ki`,
  };
}
