import type { Health, KubeObject } from '@callboard/plugin-callboard-common';
import { numberAt } from '../fields';
import { verdict } from '../verdict';

/** Returns whether the status is of an older spec than the object's current one. */
export function isBehind(object: KubeObject): boolean {
  const wanted = object.metadata.generation;
  const seen = numberAt(object, 'status', 'observedGeneration') ?? 0;
  return wanted !== undefined && seen < wanted;
}

/** Returns the verdict while the cluster has not observed the newest spec. */
export function waitingForCluster(): Health {
  return verdict(
    'Progressing',
    'NotObservedYet',
    'The cluster has not applied the newest change yet',
  );
}
