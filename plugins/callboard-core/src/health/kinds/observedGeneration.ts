import type { Health, KubeObject } from '@callboard/plugin-callboard-common';
import { numberAt } from '../fields';
import { verdict } from '../verdict';

/** Whether the status speaks of an older spec than the one that stands in the object. */
export function isBehind(object: KubeObject): boolean {
  const wanted = object.metadata.generation;
  const seen = numberAt(object, 'status', 'observedGeneration') ?? 0;
  return wanted !== undefined && seen < wanted;
}

/** The verdict while the cluster has not looked at the newest spec. */
export function waitingForCluster(): Health {
  return verdict(
    'Progressing',
    'NotObservedYet',
    'The cluster has not applied the newest change yet',
  );
}
