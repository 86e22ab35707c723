import { diffOwned, observeObject } from '@callboard/plugin-callboard-core';
import {
  ANNOTATIONS,
  type Health,
  type KubeObject,
  LABELS,
} from '@callboard/plugin-callboard-common';
import { type DeploymentKey, type ObjectDigest, subjectOf } from '../../store';
import { containersOf } from './containersOf';
import { requestsOf } from './requestsOf';

/** Another number for digests that hold more: objects that were seen before are read once more. */
export const DIGEST_FORM = 3;
const MAX_DRIFT_PATHS = 20;

/** Which deployment an object of a cluster belongs to, as its labels say. */
function deploymentOf(
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
  const fingerprint = object.metadata.annotations?.[ANNOTATIONS.fingerprint];
  return {
    ...observeObject(object, health, now),
    uid: object.metadata.uid ?? '',
    resourceVersion: object.metadata.resourceVersion ?? '',
    deployment: subjectOf(key),
    ...(fingerprint !== undefined && { fingerprint }),
    drift: desired ? diffOwned(desired, object).slice(0, MAX_DRIFT_PATHS) : [],
    ...readRequests(object),
  };
}

/** Of a pod that has ended, or that no node took yet, nothing. */
function readRequests(
  object: KubeObject,
): Pick<ObjectDigest, 'requests' | 'containers'> {
  const requests = object.kind === 'Pod' ? requestsOf(object) : undefined;
  return requests ? { requests, containers: containersOf(object) } : {};
}
