import {
  type BlueprintFile,
  type BlueprintRef,
} from '@callboard/plugin-callboard-common';
import { findBlueprintVersion } from './findBlueprintVersion';

/** A rollout of a version that has not ended, as far as it concerns one cluster. */
export interface VersionUnderWay {
  /** The version it rolls out, or back to. */
  version: number;
  /** Clusters whose turn has come. */
  updated: readonly string[];
}

/**
 * Returns the desired blueprint version of a cluster. Pure.
 *
 * A cluster that names a version runs that one. A cluster that follows runs the
 * version that the current rollout brought to it, keeps its own until its turn,
 * and else has the version that rollouts brought to the fleet: at first the
 * newest active one.
 *
 * @returns `undefined` where no version is known that it could run
 */
export function chooseVersion(
  cluster: { name: string; blueprint: BlueprintRef; current?: number },
  {
    target,
    underWay,
    files,
  }: {
    target: number | undefined;
    underWay: VersionUnderWay | undefined;
    files: readonly BlueprintFile[];
  },
): number | undefined {
  const { name, blueprint, current } = cluster;
  if (blueprint.version !== undefined) return blueprint.version;
  if (underWay?.updated.includes(name)) return underWay.version;
  if (underWay && current) return current;
  if (target !== undefined) return target;
  const newest = findBlueprintVersion(files, blueprint);
  return newest.ok ? newest.value.spec.version : current;
}

/**
 * Returns whether a rollout of a version includes a cluster: it follows the
 * blueprint by name, or by a channel of the version.
 */
export function followsVersion(
  { version, channel, ...ref }: BlueprintRef,
  file: BlueprintFile,
): boolean {
  if (version !== undefined || ref.name !== file.metadata.name) return false;
  return channel === undefined || !!file.spec.channels?.includes(channel);
}
