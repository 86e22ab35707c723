import { diffOwned } from '@callboard/plugin-callboard-core';
import {
  ANNOTATIONS,
  type Health,
  type KubeObject,
  LABELS,
  refOf,
} from '@callboard/plugin-callboard-common';
import { type DeploymentKey, type ObjectDigest, subjectOf } from '../../store';
import { fieldOf, listOf } from './fields';
import { readSteadyAtMs } from './readSteadyAtMs';
import { requestsOf } from './requestsOf';

const MAX_DRIFT_PATHS = 20;
const MAX_TEXT = 500; // clusters say what they like, at any length
const MAX_PORTS = 20;

/** Which deployment an object of a cluster belongs to, as its labels say. */
export function deploymentOf(
  object: KubeObject,
  cluster: string,
): DeploymentKey | undefined {
  const labels = object.metadata.labels ?? {};
  const app = labels[LABELS.app];
  const environment = labels[LABELS.environment];
  if (app && environment) return { kind: 'app', app, environment, cluster };
  return labels[LABELS.blueprint] ? { kind: 'blueprint', cluster } : undefined;
}

/**
 * What is kept of an object: who it belongs to, how it is, what differs from
 * `desired`. Never holds data of the object itself.
 *
 * @returns undefined for objects that belong to no deployment
 */
export function digestOf(
  object: KubeObject,
  {
    cluster,
    desired,
    health,
  }: {
    cluster: string;
    desired: KubeObject | undefined;
    /** Undefined where the kind has no notion of it. */
    health: Health | undefined;
  },
  now: Date,
): ObjectDigest | undefined {
  const key = deploymentOf(object, cluster);
  if (!key) return undefined;
  const labels = object.metadata.labels ?? {};
  const release = Number(labels[LABELS.release]);
  const fingerprint = object.metadata.annotations?.[ANNOTATIONS.fingerprint];
  return {
    ref: refOf(object),
    uid: object.metadata.uid ?? '',
    resourceVersion: object.metadata.resourceVersion ?? '',
    deployment: subjectOf(key),
    ...(labels[LABELS.workload] !== undefined && {
      workload: labels[LABELS.workload],
    }),
    ...(Number.isInteger(release) && { release }),
    ...(fingerprint !== undefined && { fingerprint }),
    ...(health && { health: shorten(health) }),
    terminating: object.metadata.deletionTimestamp !== undefined,
    ...(object.kind === 'Pod' && { steadyAtMs: readSteadyAtMs(object, now) }),
    drift: desired ? diffOwned(desired, object).slice(0, MAX_DRIFT_PATHS) : [],
    ...readInstances(object),
    ...readExposure(object),
    ...readRequests(object),
  };
}

function shorten({ status, reason, message }: Health): Health {
  return {
    status,
    reason: reason.slice(0, MAX_TEXT),
    message: message.slice(0, MAX_TEXT),
  };
}

const SCALED_KINDS = new Set(['Deployment', 'StatefulSet']);

function readInstances(object: KubeObject): Pick<ObjectDigest, 'instances'> {
  if (!SCALED_KINDS.has(object.kind)) return {};
  const wanted = fieldOf(object.spec, 'replicas');
  const ready = fieldOf(object.status, 'readyReplicas');
  return {
    instances: {
      ready: typeof ready === 'number' ? ready : 0,
      wanted: typeof wanted === 'number' ? wanted : 1,
    },
  };
}

function readRequests(object: KubeObject): Pick<ObjectDigest, 'requests'> {
  const requests = object.kind === 'Pod' ? requestsOf(object) : undefined;
  return requests ? { requests } : {};
}

function readExposure(
  object: KubeObject,
): Pick<ObjectDigest, 'ports' | 'ingress'> {
  if (object.kind !== 'Service') return {};
  const ports = listOf(fieldOf(object.spec, 'ports'))
    .slice(0, MAX_PORTS)
    .flatMap(entry => {
      const [port, nodePort] = [
        fieldOf(entry, 'port'),
        fieldOf(entry, 'nodePort'),
      ];
      if (typeof port !== 'number') return [];
      return [{ port, ...(typeof nodePort === 'number' && { nodePort }) }];
    });
  const ingress = listOf(
    fieldOf(fieldOf(object.status, 'loadBalancer'), 'ingress'),
  ).flatMap(entry => {
    const address = fieldOf(entry, 'hostname') ?? fieldOf(entry, 'ip');
    return typeof address === 'string' && address !== '' ? [address] : [];
  });
  return { ports, ...(ingress.length > 0 && { ingress }) };
}
