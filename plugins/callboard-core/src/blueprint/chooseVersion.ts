import {
  type BlueprintFile,
  type BlueprintRef,
} from '@callboard/plugin-callboard-common';
import { findBlueprintVersion } from './findBlueprintVersion';

/** A rollout of a version that has not come to its end, as far as one cluster is concerned. */
export interface VersionUnderWay {
  /** What it brings, or brings back. */
  version: number;
  /** Clusters whose turn has come. */
  updated: readonly string[];
}

/**
 * The version of its blueprint that a cluster shall run. Pure.
 *
 * One that names a version runs that. One that follows runs what the rollout
 * under way brought it, keeps what it has until its turn, and else has the
 * version that rollouts brought the fleet to: at first the newest active one.
 *
 * @returns `undefined` where nothing is known that it could run
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

/** Whether a rollout of a version is for a cluster: it follows the blueprint by name, or by a channel that the version is in. */
export function followsVersion(
  { version, channel, ...ref }: BlueprintRef,
  file: BlueprintFile,
): boolean {
  if (version !== undefined || ref.name !== file.metadata.name) return false;
  return channel === undefined || !!file.spec.channels?.includes(channel);
}
