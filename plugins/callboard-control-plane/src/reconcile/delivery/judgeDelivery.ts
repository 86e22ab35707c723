import {
  type CountedInstance,
  countInstances,
  describeReadyInstances,
  rollUpHealth,
  speaksFor,
} from '@callboard/plugin-callboard-core';
import {
  type DriftItem,
  type Exposure,
  type Health,
  type KubeObject,
  type SyncStatus,
  refKey,
  refOf,
} from '@callboard/plugin-callboard-common';
import type { DeploymentPart, ObjectDigest } from '../../store';
import { fieldOf } from '../observing/fields';
import type { DesiredDelivery } from './DesiredDelivery';

const HOLDS_NOTHING: Health = {
  status: 'Healthy',
  reason: 'NothingWanted',
  message: 'It consists of no objects',
};

const JUST_STARTED: Health = {
  status: 'Progressing',
  reason: 'JustStarted',
  message: 'It runs; whether it stays is seen in a few seconds',
};

/** What is seen of a deployment, measured against what is wanted. */
export interface DeliveryVerdict {
  health: Health;
  sync: SyncStatus;
  observedRelease?: number;
  instances: { ready: number; wanted: number };
  /** Another release whose instances are ready while the wanted one is not healthy. */
  serving?: { release: number; ready: number };
  urls: string[];
  parts: DeploymentPart[];
  drift: DriftItem[];
}

/**
 * How a deployment is. Pure: only what was seen counts, never what was sent.
 *
 * An object that is not there is Missing; a workload that is not Healthy is
 * explained by its worst instance of the wanted release. A workload that calls
 * itself healthy is believed once as many instances as it wants were seen to
 * stay: it knows of them before the watch does.
 */
export function judgeDelivery(
  desired: DesiredDelivery,
  seen: ReadonlyMap<string, ObjectDigest>,
  { isApplied, now }: { isApplied: boolean; now: Date },
): DeliveryVerdict {
  const parts = desired.parts.map(part => ({
    name: part.name,
    ...(part.description !== undefined && { description: part.description }),
    objects: part.objects.length,
    health: judgePart(part, {
      release: desired.release,
      seen,
      now,
      isApp: desired.kind === 'app',
    }),
  }));
  const drift = isApplied ? findDrift(desired.objects, seen) : [];
  const health =
    parts.length === 0
      ? HOLDS_NOTHING
      : rollUpHealth(parts, { one: 'part', many: 'parts' });
  const serving =
    health.status === 'Healthy'
      ? undefined
      : findServing(desired.release, seen, now);
  return {
    health,
    ...(serving && { serving }),
    sync: isApplied && drift.length === 0 ? 'Synced' : 'OutOfSync',
    ...observedRelease(seen),
    instances: countAll(desired, seen, now),
    urls: findUrls(desired.exposure, seen),
    parts,
    drift,
  };
}

function judgePart(
  part: DesiredDelivery['parts'][number],
  {
    release,
    seen,
    now,
    isApp,
  }: {
    release: number;
    seen: ReadonlyMap<string, ObjectDigest>;
    now: Date;
    isApp: boolean;
  },
): Health {
  const instances = instancesOf(part.name, release, seen);
  const judged = part.objects.map(object => ({
    name: `${object.kind} ${object.metadata.name}`,
    health: judgeObject(object, seen),
  }));
  const whole: Health =
    judged.length === 0
      ? HOLDS_NOTHING
      : rollUpHealth(judged, { one: 'object', many: 'objects' });
  if (whole.status === 'Healthy') {
    const steady = instances.filter(
      ({ health, steadyAtMs = 0 }) =>
        health?.status === 'Healthy' && steadyAtMs <= now.getTime(),
    );
    if (isApp && steady.length < countWanted(part.objects, seen))
      return JUST_STARTED;
    return {
      ...whole,
      message:
        describeReady(part, { release, seen, isApp, now }) ?? whole.message,
    };
  }
  return (
    instances.find(({ health }) => health?.status === 'Degraded')?.health ??
    worstOf(judged, whole)
  );
}

function judgeObject(
  object: KubeObject,
  seen: ReadonlyMap<string, ObjectDigest>,
): Health {
  const digest = seen.get(refKey(refOf(object)));
  if (!digest)
    return {
      status: 'Missing',
      reason: 'NotThere',
      message: `${object.kind} "${object.metadata.name}" is not there yet`,
    };
  return (
    digest.health ?? {
      status: 'Healthy',
      reason: 'Exists',
      message: 'It is there',
    }
  );
}

/** The object that matters, in its own words rather than "2 of 3 objects". */
function worstOf(
  judged: Array<{ name: string; health: Health }>,
  whole: Health,
): Health {
  return (
    judged.find(({ health }) => health.status === whole.status)?.health ?? whole
  );
}

/** Instances explain a workload; those of other releases and those that leave say nothing of it. */
function instancesOf(
  workload: string,
  release: number,
  seen: ReadonlyMap<string, ObjectDigest>,
): ObjectDigest[] {
  return [...seen.values()].filter(
    digest =>
      digest.ref.kind === 'Pod' &&
      digest.workload === workload &&
      digest.release !== undefined &&
      speaksFor(
        { release: digest.release, isLeaving: digest.terminating },
        release,
      ),
  );
}

/** The newest other release with instances that are ready and stay, as far as was seen. */
function findServing(
  release: number,
  seen: ReadonlyMap<string, ObjectDigest>,
  now: Date,
): DeliveryVerdict['serving'] {
  const others = findSteady(seen, now)
    .flatMap(digest => digest.release ?? [])
    .filter(other => other !== release);
  if (others.length === 0) return undefined;
  const newest = Math.max(...others);
  return {
    release: newest,
    ready: others.filter(other => other === newest).length,
  };
}

/** Instances of any release that are ready and stay, as far as was seen. */
function findSteady(
  seen: ReadonlyMap<string, ObjectDigest>,
  now: Date,
): ObjectDigest[] {
  return [...seen.values()].filter(digest => {
    const { isReady, isLeaving } = toCounted(digest, now);
    return digest.ref.kind === 'Pod' && isReady && !isLeaving;
  });
}

/** When (ms) a verdict may change without any event: the last instance counts as steady. Undefined when it is. */
export function findNextLookMs(
  seen: ReadonlyMap<string, ObjectDigest>,
  now: Date,
): number | undefined {
  const pending = [...seen.values()].flatMap(({ steadyAtMs }) =>
    steadyAtMs !== undefined && steadyAtMs > now.getTime() ? [steadyAtMs] : [],
  );
  return pending.length === 0 ? undefined : Math.max(...pending);
}

/** Instances that the workload itself wants. */
function countWanted(
  objects: readonly KubeObject[],
  seen: ReadonlyMap<string, ObjectDigest>,
): number {
  return sum(
    objects.map(
      object => seen.get(refKey(refOf(object)))?.instances?.wanted ?? 0,
    ),
  );
}

interface Looked {
  release: number;
  seen: ReadonlyMap<string, ObjectDigest>;
  isApp: boolean;
  now: Date;
}

function describeReady(
  part: DesiredDelivery['parts'][number],
  looked: Looked,
): string | undefined {
  const { ready, wanted } = countPart(part, looked);
  if (wanted === 0) return undefined;
  return describeReadyInstances(ready, wanted);
}

/** Instances of apps are seen one by one; add-ons only say how many they have. */
function countPart(
  { name, objects }: DesiredDelivery['parts'][number],
  { release, seen, isApp, now }: Looked,
): { ready: number; wanted: number } {
  const counts = objects.flatMap(object => {
    const said = seen.get(refKey(refOf(object)))?.instances;
    const replicas = fieldOf(object.spec, 'replicas');
    return said
      ? [{ ...said, ...(typeof replicas === 'number' && { wanted: replicas }) }]
      : [];
  });
  const wanted = sum(counts.map(count => count.wanted));
  return isApp
    ? countInstances(
        instancesOf(name, release, seen).map(each => toCounted(each, now)),
        { release, wanted },
      )
    : { ready: sum(counts.map(({ ready }) => ready)), wanted };
}

/** Between two crashes an instance is ready for a moment: only those count that stay. */
function toCounted(
  { release, terminating, health, steadyAtMs = 0 }: ObjectDigest,
  now: Date,
): CountedInstance {
  return {
    ...(release !== undefined && { release }),
    isLeaving: terminating,
    isReady:
      health?.status === 'Healthy' &&
      health.reason === 'Ready' && // what ran to its end answers nobody
      steadyAtMs <= now.getTime(),
  };
}

function findDrift(
  objects: readonly KubeObject[],
  seen: ReadonlyMap<string, ObjectDigest>,
): DriftItem[] {
  return objects.flatMap((object): DriftItem[] => {
    const digest = seen.get(refKey(refOf(object)));
    const { apiVersion, kind, metadata } = object;
    const ref = {
      apiVersion,
      kind,
      ...(metadata.namespace !== undefined && {
        namespace: metadata.namespace,
      }),
      name: metadata.name,
    };
    if (!digest) {
      return [
        {
          object: ref,
          kind: 'missing',
          paths: [],
          message: `${kind} "${metadata.name}" was removed by somebody else`,
        },
      ];
    }
    if (digest.drift.length === 0) return [];
    const paths = digest.drift.join(', ');
    return [
      {
        object: ref,
        kind: 'changed',
        paths: digest.drift,
        message: `Somebody else changed ${paths} of ${kind} "${metadata.name}"`,
      },
    ];
  });
}

function observedRelease(seen: ReadonlyMap<string, ObjectDigest>): {
  observedRelease?: number;
} {
  const releases = [...seen.values()]
    .filter(({ ref, terminating }) => ref.kind !== 'Pod' && !terminating)
    .flatMap(({ release }) => release ?? []);
  return releases.length === 0
    ? {}
    : { observedRelease: Math.min(...releases) };
}

function countAll(
  { parts, release, kind, instances }: DesiredDelivery,
  seen: ReadonlyMap<string, ObjectDigest>,
  now: Date,
): { ready: number; wanted: number } {
  const looked = { release, seen, now, isApp: kind === 'app' };
  const ready = sum(parts.map(part => countPart(part, looked).ready));
  return { ready, wanted: instances };
}

function findUrls(
  exposure: Exposure,
  seen: ReadonlyMap<string, ObjectDigest>,
): string[] {
  const services = [...seen.values()].filter(
    ({ ref, terminating }) => ref.kind === 'Service' && !terminating,
  );
  switch (exposure.type) {
    case 'ClusterIP':
      return [];
    case 'NodePort':
      return services.flatMap(({ ports }) =>
        (ports ?? []).flatMap(({ nodePort }) =>
          nodePort ? [`http://${exposure.host}:${nodePort}`] : [],
        ),
      );
    case 'LoadBalancer':
      return services.flatMap(({ ports, ingress }) =>
        (ingress ?? []).flatMap(address =>
          (ports ?? []).map(({ port }) => urlOf(address, port)),
        ),
      );
    default:
      return exposure satisfies never;
  }
}

function urlOf(address: string, port: number): string {
  const host = address.includes(':') ? `[${address}]` : address;
  if (port === 443) return `https://${host}`;
  return port === 80 ? `http://${host}` : `http://${host}:${port}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
