import {
  type BlueprintFile,
  type BlueprintRef,
} from '@callboard/plugin-callboard-common';
import {
  type AssignedBy,
  describeAssignedBy,
  describeRef,
  followsVersion,
} from '@callboard/plugin-callboard-core';

/**
 * Describes what a cluster follows, and where that is defined: `edge, channel
 * stable`, `edge, by cluster set "shops"`.
 */
export function describeFollowing(
  ref: BlueprintRef,
  by: AssignedBy | undefined,
): string {
  return by
    ? `${describeRef(ref)}, by ${describeAssignedBy(by)}`
    : describeRef(ref);
}

/** Versions that a cluster may be moved to, newest first. */
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
