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

/** Returns the instances that explain a workload; those of other releases and terminating ones do not count. */
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

/** Returns whether an instance is healthy and steady. */
export function isSteady(
  { health, steadyAtMs = 0 }: ObservedObject,
  now: Date,
): boolean {
  return health?.status === 'Healthy' && steadyAtMs <= now.getTime();
}

/** Returns how many instances the workload itself desires. */
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

/** Where instances are not observed one by one, the status of the workload gives their number. */
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
 * Replicas of a workload whose replicas are divided over clusters. One per
 * node, one per run and numbers set by an autoscaler do not count.
 */
export function replicasOf({ objects, replicas }: DesiredPart): number {
  return (
    replicas ??
    sum(objects.map(object => numberAt(object, 'spec', 'replicas') ?? 0))
  );
}

/** Returns the newest other release with ready and steady instances, as far as observed. */
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

/**
 * Returns when (ms) a verdict may change without an event: when the last
 * instance counts as steady. Undefined when all are.
 */
export function findNextLookMs(
  seen: ObservedObjects,
  now: Date,
): number | undefined {
  const pending = [...seen.values()].flatMap(({ steadyAtMs }) =>
    steadyAtMs !== undefined && steadyAtMs > now.getTime() ? [steadyAtMs] : [],
  );
  return pending.length === 0 ? undefined : Math.max(...pending);
}

/** Between two crashes an instance is ready for a moment, so that only steady ones count. */
function toCounted(observed: ObservedObject, now: Date): CountedInstance {
  const { release, terminating, health } = observed;
  return {
    ...(release !== undefined && { release }),
    isLeaving: terminating,
    isReady: isSteady(observed, now) && health?.reason === 'Ready', // a completed instance does not serve requests
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
