import {
  type BlueprintFile,
  type Result,
  failed,
} from '@callboard/plugin-callboard-common';
import {
  type ResolvedBlueprint,
  resolveBlueprint,
} from '@callboard/plugin-callboard-core';
import { versionMissing } from './problems';

/** Resolves a version in any state as if it were active: to show it, or for a what-if. */
export function resolveAnyVersion(
  files: readonly BlueprintFile[],
  of: { name: string; version: number },
): Result<{ file: BlueprintFile; resolved: ResolvedBlueprint }> {
  const file = files.find(
    ({ metadata, spec }) =>
      metadata.name === of.name && spec.version === of.version,
  );
  if (!file) return failed(versionMissing(of, files));
  const supposed: BlueprintFile = {
    ...file,
    spec: { ...file.spec, state: 'active' },
  };
  const resolved = resolveBlueprint(
    files.map(each => (each === file ? supposed : each)),
    of,
  );
  return resolved.ok
    ? { ok: true, value: { file, resolved: resolved.value } }
    : resolved;
}
