import type { BlueprintRef } from '@callboard/plugin-callboard-common';

/** Describes a reference: `edge`, `edge, channel stable`, `edge, version 1`. */
export function describeRef({ name, version, channel }: BlueprintRef): string {
  if (version !== undefined) return `${name}, version ${version}`;
  return channel === undefined ? name : `${name}, channel ${channel}`;
}
