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

/** Incremented when digests contain more: objects that were seen before are read once more. */
export const DIGEST_FORM = 3;
const MAX_DRIFT_PATHS = 20;

/** Returns the deployment of an object, from its labels. */
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
 * Returns the digest of an object: its deployment, its health, and its
 * differences from `desired`. Never contains data of the object itself.
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
    /** Undefined where the kind has no notion of health. */
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

/** Empty for a pod that has ended, or that is not scheduled yet. */
function readRequests(
  object: KubeObject,
): Pick<ObjectDigest, 'requests' | 'containers'> {
  const requests = object.kind === 'Pod' ? requestsOf(object) : undefined;
  return requests ? { requests, containers: containersOf(object) } : {};
}
