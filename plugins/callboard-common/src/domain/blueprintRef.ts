import type { BlueprintRef, ClusterFile } from './files';

/** What a cluster or a blueprint says of the blueprint it means, whichever way it is written. */
export function blueprintRef(written: string | BlueprintRef): BlueprintRef {
  return typeof written === 'string' ? { name: written } : written;
}

/** The blueprint that a cluster's file names; `undefined` where it names none. */
export function blueprintOfCluster({
  spec,
}: Pick<ClusterFile, 'spec'>): BlueprintRef | undefined {
  return spec.blueprint === undefined
    ? undefined
    : blueprintRef(spec.blueprint);
}
