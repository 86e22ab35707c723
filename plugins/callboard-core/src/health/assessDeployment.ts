import {
  type Health,
  type KubeObject,
  type KubeRef,
  LABELS,
  refKey,
  refOf,
} from '@callboard/plugin-callboard-common';
import { assessHealth } from './assessHealth';
import { listAt, numberAt, textAt, timeAt, valueAt } from './fields';
import { isWorse, rollUpHealth } from './rollUpHealth';
import type { HealthPart } from './types';
import { verdict } from './verdict';

/** What was applied together (an app on a cluster, an add-on of a blueprint) and what is there now. */
export interface AppliedObjects {
  /** Inventory: what must be there. Empty when nobody knows; then only what is there counts. */
  wanted: readonly KubeRef[];
  /** Live objects: the wanted ones and what the cluster made of them (instances). Others do no harm. */
  objects: readonly KubeObject[];
}

const INSTANCES = { one: 'instance', many: 'instances' };
const STEADY_AFTER_MS = 10_000; // one that came back after a crash is believed when it has run this long

/**
 * Health of what was applied together: the worst that matters.
 *
 * Instances that leave, ended well, or were replaced do not matter; a missing object does. An instance that
 * has just come back after a crash is Progressing, so that a crash loop is never green between two crashes.
 * Kinds without a notion of health are healthy by being there.
 */
export function assessDeployment(
  { wanted, objects }: AppliedObjects,
  now: Date,
): Health {
  const there = new Set(objects.map(object => refKey(refOf(object))));
  const missing = wanted.filter(ref => !there.has(refKey(ref)));
  const workloads = judgeWorkloads(objects, now);
  const parts = [
    ...(workloads.length > 0 ? [pickWorst(leaveOutSuspended(workloads))] : []),
    ...missing.map(judgeMissing),
    ...judgeOthers(objects),
  ];
  if (parts.length > 0) return pickWorst(parts).health;
  return objects.length > 0
    ? verdict('Healthy', 'Present', 'Everything is there')
    : rollUpHealth([]);
}

function judgeMissing({ kind, name }: KubeRef): HealthPart {
  return {
    name: `${kind}/${name}`,
    health: verdict('Missing', 'NotThere', `${kind} "${name}" is not there`),
  };
}

/** One part per workload: its own word and that of its instances, whichever is worse. */
function judgeWorkloads(
  objects: readonly KubeObject[],
  now: Date,
): HealthPart[] {
  const names = new Set(objects.filter(isOfWorkload).map(nameOfWorkload));
  return [...names].sort().flatMap(name => {
    const own = objects.filter(
      object => isOfWorkload(object) && nameOfWorkload(object) === name,
    );
    const owners = own.filter(object => object.kind !== 'Pod').flatMap(judge);
    const isSatisfied =
      owners.length > 0 &&
      owners.every(({ health }) => health.status === 'Healthy');
    const instances = own
      .filter(object => isInstanceThatMatters(object, isSatisfied))
      .map(pod => judgeInstance(pod, now));
    const parts =
      instances.length > 0
        ? [...owners, { name, health: rollUpHealth(instances, INSTANCES) }]
        : owners;
    return parts.length > 0 ? [pickWorst(parts)] : [];
  });
}

const WORKLOAD_KINDS = new Set([
  'Pod',
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
]);

/** Sets and instances that something else stands for are left out: that speaks for them. */
function isOfWorkload(object: KubeObject): boolean {
  if (!WORKLOAD_KINDS.has(object.kind)) return false;
  const isOwned = (object.metadata.ownerReferences ?? []).some(
    ({ controller }) => controller === true,
  );
  return object.kind === 'Pod' || !isOwned;
}

function nameOfWorkload({ metadata }: KubeObject): string {
  return metadata.labels?.[LABELS.workload] ?? '';
}

function isInstanceThatMatters(
  object: KubeObject,
  isSatisfied: boolean,
): boolean {
  if (object.kind !== 'Pod') return false;
  const owner = object.metadata.ownerReferences?.find(
    ({ controller }) => controller === true,
  );
  if (object.metadata.deletionTimestamp !== undefined || owner?.kind === 'Job')
    return false;
  const phase = textAt(object, 'status', 'phase');
  return (
    phase !== 'Succeeded' &&
    !(phase === 'Failed' && isSatisfied && owner !== undefined)
  );
}

function judgeInstance(pod: KubeObject, now: Date): HealthPart {
  const health =
    assessHealth(pod) ??
    verdict('Unknown', 'UnknownKind', 'No health rule covers its kind');
  const { name } = pod.metadata;
  return health.status === 'Healthy' && hasJustComeBack(pod, now)
    ? {
        name,
        health: verdict(
          'Progressing',
          'JustRestarted',
          'It ended with an error and has just been started again',
        ),
      }
    : { name, health };
}

function hasJustComeBack(pod: KubeObject, now: Date): boolean {
  return listAt(pod, 'status', 'containerStatuses').some(status => {
    const exitCode = numberAt(status, 'lastState', 'terminated', 'exitCode');
    const started = timeAt(status, 'state', 'running', 'startedAt');
    if (exitCode === undefined || exitCode === 0 || !started) return false;
    return now.getTime() - started.getTime() < STEADY_AFTER_MS;
  });
}

function judgeOthers(objects: readonly KubeObject[]): HealthPart[] {
  return objects
    .filter(object => !WORKLOAD_KINDS.has(object.kind) && !isOfNode(object))
    .flatMap(judge);
}

/** Nodes are looked at for evidence, but are no part of what was applied. */
function isOfNode({ kind }: KubeObject): boolean {
  return kind === 'Node';
}

function judge(object: KubeObject): HealthPart[] {
  const health = assessHealth(object);
  const isLeavingForGood =
    object.metadata.deletionTimestamp !== undefined &&
    valueAt(object, 'metadata', 'ownerReferences') !== undefined;
  return health && !isLeavingForGood
    ? [{ name: object.metadata.name, health }]
    : [];
}

/** One paused workload among others does not hurt; when all are, that is how it is. */
function leaveOutSuspended(parts: HealthPart[]): HealthPart[] {
  const awake = parts.filter(({ health }) => health.status !== 'Suspended');
  return awake.length > 0 ? awake : parts;
}

/** The worst part; the first of equals. */
function pickWorst(parts: readonly HealthPart[]): HealthPart {
  return parts.reduce((worst, part) =>
    isWorse(part.health.status, worst.health.status) ? part : worst,
  );
}
