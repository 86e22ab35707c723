import {
  type BlueprintFile,
  type BlueprintRef,
} from '@callboard/plugin-callboard-common';
import { followsVersion } from '@callboard/plugin-callboard-core';

/** What a cluster's file says of its blueprint: `edge`, `edge, channel stable`, `edge, version 1`. */
export function describeFollowing({
  name,
  version,
  channel,
}: BlueprintRef): string {
  if (version !== undefined) return `${name}, version ${version}`;
  return channel === undefined ? name : `${name}, channel ${channel}`;
}

/** Versions that a cluster may be brought to, the newest first. */
export function listPossibleVersions(
  ref: BlueprintRef,
  files: readonly BlueprintFile[],
): number[] {
  if (ref.version !== undefined) return [ref.version];
  return files
    .filter(file => file.spec.state === 'active' && followsVersion(ref, file))
    .map(({ spec }) => spec.version)
    .sort((a, b) => b - a);
}
