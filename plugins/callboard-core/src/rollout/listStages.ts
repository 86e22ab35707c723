import { type RolloutGroup, sizeOf, type Strategy } from './ocm';

/** Clusters that are rolled out to together; the next stage waits for them. */
export interface Stage {
  name: string;
  clusters: string[];
  /** A higher number of failures halts the rollout. */
  maxFailures: number;
  /** Limit of clusters at the same time. */
  concurrency: number;
}

/**
 * Lists the stages of a rollout in their order: mandatory groups one by one
 * without a failure, then the rest, all together or group by group.
 */
export function listStages(
  strategy: Strategy,
  groups: readonly RolloutGroup[],
): Stage[] {
  const mandatory = groups.filter((group, index) =>
    strategy.mandatory.some(reference =>
      reference.name === ''
        ? reference.index === index
        : reference.name === group.name,
    ),
  );
  const rest = groups.filter(group => !mandatory.includes(group));
  return [
    ...mandatory.map(group => stageOf(group.name, group.clusters, 0)),
    ...listOtherStages(strategy, rest, groups),
  ].filter(({ clusters }) => clusters.length > 0);
}

function listOtherStages(
  { type, maxFailures, maxConcurrency }: Strategy,
  rest: readonly RolloutGroup[],
  groups: readonly RolloutGroup[],
): Stage[] {
  if (type === 'ProgressivePerGroup') {
    return rest.map(({ name, clusters }) =>
      stageOf(name, clusters, sizeOf(maxFailures, clusters.length, 0)),
    );
  }
  const clusters = rest.flatMap(group => group.clusters);
  const total = groups.flatMap(group => group.clusters).length;
  const allowed = sizeOf(maxFailures, total, 0);
  const concurrency = sizeOf(maxConcurrency, clusters.length, clusters.length);
  return [{ ...stageOf('', clusters, allowed), concurrency }];
}

function stageOf(
  name: string,
  clusters: readonly string[],
  maxFailures: number,
): Stage {
  const sorted = [...new Set(clusters)].sort();
  return { name, clusters: sorted, maxFailures, concurrency: sorted.length };
}

/** Divides a stage with a limit into waves of that size, by name. */
export function cutIntoWaves({ clusters, concurrency }: Stage): string[][] {
  const waves: string[][] = [];
  for (let start = 0; start < clusters.length; start += concurrency)
    waves.push(clusters.slice(start, start + concurrency));
  return waves;
}
