import type { BlueprintRef, ClusterFile } from './files';

/** Returns the blueprint reference of a cluster or a blueprint, in whichever form it is written. */
export function blueprintRef(written: string | BlueprintRef): BlueprintRef {
  return typeof written === 'string' ? { name: written } : written;
}

/** Returns the blueprint in a cluster's file; `undefined` where it names none. */
export function blueprintOfCluster({
  spec,
}: Pick<ClusterFile, 'spec'>): BlueprintRef | undefined {
  return spec.blueprint === undefined
    ? undefined
    : blueprintRef(spec.blueprint);
}
