import {
  type KubeObject,
  refKey,
  refOf,
} from '@callboard/plugin-callboard-common';
import {
  type CountedInstance,
  countInstances,
  speaksFor,
} from '../countInstances';
import { numberAt } from '../fields';
import type {
  DeploymentVerdict,
  DesiredDeployment,
  DesiredPart,
  ObservedObject,
  ObservedObjects,
} from './types';

/** Instances explain a workload; those of other releases and those that leave say nothing of it. */
export function instancesOf(
  workload: string,
  release: number | undefined,
  seen: ObservedObjects,
): ObservedObject[] {
  return [...seen.values()].filter(
    observed =>
      observed.ref.kind === 'Pod' &&
      observed.workload === workload &&
      (release === undefined || observed.release !== undefined) &&
      speaksFor(
        { release: observed.release, isLeaving: observed.terminating },
        release,
      ),
  );
}

/** Whether an instance is healthy and stays. */
export function isSteady(
  { health, steadyAtMs = 0 }: ObservedObject,
  now: Date,
): boolean {
  return health?.status === 'Healthy' && steadyAtMs <= now.getTime();
}

/** Instances that the workload itself wants. */
export function wantedOf(
  objects: readonly KubeObject[],
  seen: ObservedObjects,
): number {
  return sum(
    objects.map(
      object => seen.get(refKey(refOf(object)))?.instances?.wanted ?? 0,
    ),
  );
}

/** Where instances are not seen one by one, the workload says how many it has. */
export function countPart(
  { name, objects }: DesiredPart,
  {
    release,
    areInstancesSeen,
  }: Pick<DesiredDeployment, 'release' | 'areInstancesSeen'>,
  { seen, now }: { seen: ObservedObjects; now: Date },
): { ready: number; wanted: number } {
  const counts = objects.flatMap(object => {
    const said = seen.get(refKey(refOf(object)))?.instances;
    const replicas = numberAt(object, 'spec', 'replicas');
    return said
      ? [{ ...said, ...(replicas !== undefined && { wanted: replicas }) }]
      : [];
  });
  const wanted = sum(counts.map(count => count.wanted));
  return areInstancesSeen
    ? countInstances(
        instancesOf(name, release, seen).map(each => toCounted(each, now)),
        { release, wanted },
      )
    : { ready: sum(counts.map(({ ready }) => ready)), wanted };
}

/**
 * Replicas of what is divided over clusters. One per node, one per run and what
 * an autoscaler decides are none of them.
 */
export function replicasOf({ objects, replicas }: DesiredPart): number {
  return (
    replicas ??
    sum(objects.map(object => numberAt(object, 'spec', 'replicas') ?? 0))
  );
}

/** The newest other release with instances that are ready and stay, as far as was seen. */
export function findServing(
  release: number | undefined,
  seen: ObservedObjects,
  now: Date,
): DeploymentVerdict['serving'] {
  if (release === undefined) return undefined;
  const others = [...seen.values()]
    .filter(observed => {
      const { isReady, isLeaving } = toCounted(observed, now);
      return observed.ref.kind === 'Pod' && isReady && !isLeaving;
    })
    .flatMap(observed => observed.release ?? [])
    .filter(other => other !== release);
  if (others.length === 0) return undefined;
  const newest = Math.max(...others);
  return {
    release: newest,
    ready: others.filter(other => other === newest).length,
  };
}

/** When (ms) a verdict may change without any event: the last instance counts as steady. Undefined when it is. */
export function findNextLookMs(
  seen: ObservedObjects,
  now: Date,
): number | undefined {
  const pending = [...seen.values()].flatMap(({ steadyAtMs }) =>
    steadyAtMs !== undefined && steadyAtMs > now.getTime() ? [steadyAtMs] : [],
  );
  return pending.length === 0 ? undefined : Math.max(...pending);
}

/** Between two crashes an instance is ready for a moment: only those count that stay. */
function toCounted(observed: ObservedObject, now: Date): CountedInstance {
  const { release, terminating, health } = observed;
  return {
    ...(release !== undefined && { release }),
    isLeaving: terminating,
    isReady: isSteady(observed, now) && health?.reason === 'Ready', // what ran to its end answers nobody
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
