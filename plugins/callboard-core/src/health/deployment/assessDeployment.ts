import {
  type Health,
  type KubeObject,
  countOf,
  refKey,
  refOf,
} from '@callboard/plugin-callboard-common';
import { describeReadyInstances } from '../describeInstances';
import { isTask, isWorkload } from '../workloadKinds';
import { rollUpHealth } from '../rollUpHealth';
import type { HealthPart } from '../types';
import { verdict } from '../verdict';
import { findAllUrls } from './findAllUrls';
import { findDrift } from './findDrift';
import {
  replicasOf,
  countPart,
  findServing,
  instancesOf,
  isSteady,
  wantedOf,
} from './instances';
import { runsOf, settleRun } from './scheduledRuns';
import type {
  DeploymentVerdict,
  DesiredDeployment,
  DesiredPart,
  ObservedObjects,
  PartVerdict,
} from './types';

const HOLDS_NOTHING = verdict(
  'Healthy',
  'NothingWanted',
  'It consists of no objects',
);

const STOPPED = verdict('Suspended', 'Stopped', 'It was stopped on purpose');

const JUST_STARTED = verdict(
  'Progressing',
  'JustStarted',
  'It runs; whether it stays is seen in a few seconds',
);

/**
 * Assesses a deployment: an app, or a blueprint, on a cluster. Reconciler,
 * pages, rollouts, `git push` and command line all use this verdict. Pure: only
 * observed state counts, never what was sent.
 *
 * An object that is absent is Missing; a workload that is not Healthy is
 * explained by its worst instance of the desired release. A workload that
 * reports itself healthy counts as healthy once its desired number of instances
 * were observed to be steady: its status is ahead of the watch.
 *
 * @param isApplied - whether all desired objects were sent; until then nothing
 *   is called drift
 */
export function assessDeployment(
  desired: DesiredDeployment,
  seen: ObservedObjects,
  { isApplied, now }: { isApplied: boolean; now: Date },
): DeploymentVerdict {
  const parts = desired.parts.map(part => ({
    name: part.name,
    ...(part.description !== undefined && { description: part.description }),
    ...(part.resource !== undefined && { resource: part.resource }),
    objects: part.objects.length,
    health: assessPart(part, desired, { seen, now }),
    ...(part.resource === undefined && { replicas: replicasOf(part) }),
    ...readRuns(part, seen),
  }));
  const counts = desired.parts
    .filter(({ resource }) => resource === undefined)
    .map(part => countPart(part, desired, { seen, now }));
  const drift = isApplied ? findDrift(desired.objects, seen) : [];
  const whole =
    parts.length === 0
      ? HOLDS_NOTHING
      : rollUpHealth(leaveOutSuspended(parts), { one: 'part', many: 'parts' });
  // While instances are terminating it is Progressing; problems with its data are still
  // shown.
  const isStill = whole.status === 'Healthy' || whole.status === 'Suspended';
  const health =
    desired.isStopped && isStill ? assessStop(desired, seen) : whole;
  const serving =
    whole.status === 'Healthy' || health === STOPPED
      ? undefined
      : findServing(desired.release, seen, now);
  return {
    health,
    ...(serving && { serving }),
    sync: isApplied && drift.length === 0 ? 'Synced' : 'OutOfSync',
    ...observedRelease(seen),
    instances: {
      ready: sum(counts.map(({ ready }) => ready)),
      // More where an autoscaler or the number of nodes requires it.
      wanted: Math.max(desired.instances, sum(counts.map(each => each.wanted))),
    },
    urls: findAllUrls(desired, seen),
    parts,
    drift,
  };
}

/** Of several scheduled objects the first counts for a workload: a workload has one. */
function readRuns(
  { objects }: DesiredPart,
  seen: ObservedObjects,
): Pick<PartVerdict, 'runs'> {
  const [runs] = objects.flatMap(object => {
    const observed = seen.get(refKey(refOf(object)));
    return (observed && runsOf(observed, seen)) ?? [];
  });
  return runs ? { runs } : {};
}

/** A workload reports zero instances before its last instance has ended. */
function assessStop(
  { parts }: DesiredDeployment,
  seen: ObservedObjects,
): Health {
  const kept = new Set(
    parts
      .filter(
        ({ resource, objects }) =>
          resource === undefined && !objects.some(isTask),
      )
      .map(({ name }) => name),
  );
  const ending = [...seen.values()].filter(
    ({ ref, workload = '' }) => ref.kind === 'Pod' && kept.has(workload),
  ).length;
  return ending === 0
    ? STOPPED
    : verdict(
        'Progressing',
        'Stopping',
        `${countOf(ending, 'instance')} still ${
          ending === 1 ? 'has' : 'have'
        } to end`,
      );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function assessPart(
  part: DesiredPart,
  desired: DesiredDeployment,
  looked: { seen: ObservedObjects; now: Date },
): Health {
  const { seen, now } = looked;
  const judged = part.objects.map(object => ({
    name: `${object.kind} ${object.metadata.name}`,
    isWorkload: isWorkload(object),
    health: assessObject(object, seen, now),
  }));
  if (judged.length === 0) return HOLDS_NOTHING;
  const whole = rollUpHealth(judged, { one: 'object', many: 'objects' });
  // A task reports its end once for all its tries.
  const instances = part.objects.some(isTask)
    ? []
    : instancesOf(part.name, desired.release, seen);
  if (whole.status !== 'Healthy')
    return (
      instances.find(({ health }) => health?.status === 'Degraded')?.health ??
      worstOf(judged, whole)
    );
  const suspended = findSuspended(judged);
  if (suspended) return suspended;
  const steady = instances.filter(each => isSteady(each, now));
  if (part.resource !== undefined) return whole;
  const { areInstancesSeen } = desired;
  if (areInstancesSeen && steady.length < wantedOf(part.objects, seen))
    return JUST_STARTED;
  const { ready, wanted } = countPart(part, desired, looked);
  return wanted === 0
    ? whole
    : { ...whole, message: describeReadyInstances(ready, wanted) };
}

function assessObject(
  object: KubeObject,
  seen: ObservedObjects,
  now: Date,
): Health {
  const { kind, metadata } = object;
  const observed = seen.get(refKey(refOf(object)));
  if (!observed)
    return verdict(
      'Missing',
      'NotThere',
      `${kind} "${metadata.name}" is not there yet`,
    );
  const { steadyAtMs = 0 } = observed;
  const health = settleRun(observed, seen);
  if (health?.status === 'Healthy' && steadyAtMs > now.getTime())
    return JUST_STARTED;
  return health ?? verdict('Healthy', 'Exists', 'It is there');
}

/** The object that matters, with its own message instead of "2 of 3 objects". */
function worstOf(judged: readonly HealthPart[], whole: Health): Health {
  return (
    judged.find(({ health }) => health.status === whole.status)?.health ?? whole
  );
}

/** Where every workload is suspended, the other objects, which merely exist, do not make it Healthy. */
function findSuspended(
  judged: ReadonlyArray<HealthPart & { isWorkload: boolean }>,
): Health | undefined {
  const workloads = judged.filter(each => each.isWorkload);
  return workloads.every(({ health }) => health.status === 'Suspended')
    ? workloads[0]?.health
    : undefined;
}

/** One suspended part among others is ignored; when all parts are suspended, the whole is. */
function leaveOutSuspended(parts: readonly HealthPart[]): HealthPart[] {
  const awake = parts.filter(({ health }) => health.status !== 'Suspended');
  return awake.length > 0 ? awake : [...parts];
}

function observedRelease(seen: ObservedObjects): { observedRelease?: number } {
  const releases = [...seen.values()]
    .filter(({ ref, terminating }) => ref.kind !== 'Pod' && !terminating)
    .flatMap(({ release }) => release ?? []);
  return releases.length === 0
    ? {}
    : { observedRelease: Math.min(...releases) };
}
