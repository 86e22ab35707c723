import type {
  ObservedChange,
  ObservedWorkload,
} from '@callboard/plugin-callboard-common';
import type { ObservedState } from './types';

/** State observed on a cluster from an instant on; without a state once nothing is left there. */
export interface ObservedVersion {
  cluster: string;
  from: Date;
  state?: ObservedState;
}

/**
 * Describes what changed from one version to the next, for each cluster by
 * itself.
 *
 * @param versions - of one component, in the order of their time
 * @param options - `isWhole`: they begin where history begins; else the first
 *   of each cluster is not described
 * @returns the newest first, at most `most`
 */
export function describeChanges(
  versions: readonly ObservedVersion[],
  { most, isWhole }: { most: number; isWhole: boolean },
): ObservedChange[] {
  const before = new Map<string, ObservedState | undefined>();
  const changes = versions.flatMap(({ cluster, from, state }) => {
    const isKnown = isWhole || before.has(cluster);
    const sentences = isKnown
      ? compare(cluster, before.get(cluster), state)
      : [];
    before.set(cluster, state);
    return sentences.map(sentence => ({
      at: from.toISOString(),
      cluster,
      sentence,
    }));
  });
  return changes.sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, most);
}

function compare(
  cluster: string,
  before: ObservedState | undefined,
  after: ObservedState | undefined,
): string[] {
  if (!before && !after) return [];
  if (!before) return [`It was found on ${cluster}`];
  if (!after) return [`Nothing of it is on ${cluster} any more`];
  const old = byKey(before.workloads);
  const now = byKey(after.workloads);
  const changed = [...now].flatMap(([key, workload]) => {
    const was = old.get(key);
    if (!was) return [`${workload.name} is new on ${cluster}`];
    const images = workload.images.join(', ');
    const had = was.images.join(', ');
    return [
      ...(images === had
        ? []
        : [`${workload.name} runs ${images} instead of ${had} on ${cluster}`]),
      ...(was.instances?.wanted === workload.instances?.wanted
        ? []
        : [
            `${workload.name} wants ${
              workload.instances?.wanted ?? 0
            } instances instead of ${was.instances?.wanted ?? 0} on ${cluster}`,
          ]),
    ];
  });
  const gone = [...old]
    .filter(([key]) => !now.has(key))
    .map(([, { name }]) => `${name} is gone from ${cluster}`);
  const health =
    before.health.status === after.health.status
      ? []
      : [
          `It is ${after.health.status.toLowerCase()} instead of ${before.health.status.toLowerCase()} on ${cluster}`,
        ];
  return [...changed, ...gone, ...health];
}

function byKey(
  workloads: readonly ObservedWorkload[],
): Map<string, ObservedWorkload> {
  return new Map(
    workloads.map(workload => [
      `${workload.namespace}/${workload.kind}/${workload.name}`,
      workload,
    ]),
  );
}
