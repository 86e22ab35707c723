import { parsePlatformFiles } from '@callboard/plugin-callboard-common';
import {
  type HealthRuleSet,
  compileHealthRules,
} from '@callboard/plugin-callboard-core';
import { type Io, UsageError } from '../Io';
import { describe } from '../place/readOwnFiles';

/** Reads the health rules of a platform, `kind: HealthRules`, with the platform's own checks. */
export function readHealthRules(
  paths: readonly string[],
  io: Io,
): HealthRuleSet | undefined {
  if (paths.length === 0) return undefined;
  const compiled = compileHealthRules(
    paths.flatMap(path => readRules(path, io)),
  );
  if (compiled.ok) return compiled.value;
  throw new UsageError(describe(compiled.problem));
}

function readRules(path: string, io: Io) {
  const files = parsePlatformFiles(io.readText(path), { file: path });
  if (!files.ok) throw new UsageError(describe(files.problem));
  return files.value.flatMap(file => {
    if (file.kind !== 'HealthRules')
      throw new UsageError(
        `${path}: ${file.kind} "${file.metadata.name}" is not of kind HealthRules`,
      );
    return file.spec.rules;
  });
}
