import {
  type Health,
  type KubeObject,
  LABELS,
  refOf,
} from '@callboard/plugin-callboard-common';
import { listAt, numberAt, textAt, timeAt, valueAt } from '../fields';
import { readSteadyAtMs } from './readSteadyAtMs';
import type { ObservedObject } from './types';

const MAX_TEXT = 500; // clusters may report text of any length
const MAX_PORTS = 20;
const SCALED_KINDS = new Set(['Deployment', 'StatefulSet']);

/**
 * Returns the facts of one object by which a deployment is judged, without its
 * drift. Never holds data of the object itself.
 *
 * @param health - as `assessHealth` returns it; undefined where the kind has no
 *   notion of health
 */
export function observeObject(
  object: KubeObject,
  health: Health | undefined,
  now: Date,
): Omit<ObservedObject, 'drift'> {
  const labels = object.metadata.labels ?? {};
  const release = Number(labels[LABELS.release]);
  return {
    ref: refOf(object),
    ...(labels[LABELS.workload] !== undefined && {
      workload: labels[LABELS.workload],
    }),
    ...(Number.isInteger(release) && { release }),
    ...(health && { health: shorten(health) }),
    terminating: object.metadata.deletionTimestamp !== undefined,
    ...(object.kind === 'Pod' && { steadyAtMs: readSteadyAtMs(object, now) }),
    ...readInstances(object),
    ...readRuns(object),
    ...readExposure(object),
  };
}

function shorten({ status, reason, message }: Health): Health {
  return {
    status,
    reason,
    message: message.slice(0, MAX_TEXT),
  };
}

function readInstances(object: KubeObject): Pick<ObservedObject, 'instances'> {
  if (object.kind === 'DaemonSet')
    return {
      instances: {
        ready: numberAt(object, 'status', 'numberReady') ?? 0,
        wanted: numberAt(object, 'status', 'desiredNumberScheduled') ?? 0,
      },
    };
  if (!SCALED_KINDS.has(object.kind)) return {};
  return {
    instances: {
      ready: numberAt(object, 'status', 'readyReplicas') ?? 0,
      wanted: numberAt(object, 'spec', 'replicas') ?? 1,
    },
  };
}

function readRuns(object: KubeObject): Pick<ObservedObject, 'runs'> {
  if (object.kind !== 'CronJob') return {};
  const timeZone = textAt(object, 'spec', 'timeZone')?.slice(0, MAX_TEXT);
  const lastAt = timeAt(object, 'status', 'lastScheduleTime');
  const succeededAt = timeAt(object, 'status', 'lastSuccessfulTime');
  return {
    runs: {
      schedule: (textAt(object, 'spec', 'schedule') ?? '').slice(0, MAX_TEXT),
      ...(timeZone !== undefined && { timeZone }),
      ...(valueAt(object, 'spec', 'suspend') === true && { isSuspended: true }),
      ...(listAt(object, 'status', 'active').length > 0 && { isRunning: true }),
      ...(lastAt && { lastAt: lastAt.toISOString() }),
      ...(succeededAt && { succeededAt: succeededAt.toISOString() }),
    },
  };
}

function readExposure(
  object: KubeObject,
): Pick<ObservedObject, 'ports' | 'ingress'> {
  if (object.kind === 'Ingress') return readIngress(object);
  if (object.kind !== 'Service') return {};
  const ports = listAt(object, 'spec', 'ports')
    .slice(0, MAX_PORTS)
    .flatMap(entry => {
      const port = numberAt(entry, 'port');
      const nodePort = numberAt(entry, 'nodePort');
      if (port === undefined) return [];
      return [{ port, ...(nodePort !== undefined && { nodePort }) }];
    });
  return { ports, ...readIngress(object) };
}

function readIngress(object: KubeObject): Pick<ObservedObject, 'ingress'> {
  const ingress = listAt(object, 'status', 'loadBalancer', 'ingress').flatMap(
    entry => {
      const address = textAt(entry, 'hostname') ?? textAt(entry, 'ip');
      return address === undefined || address === '' ? [] : [address];
    },
  );
  return ingress.length > 0 ? { ingress } : {};
}
