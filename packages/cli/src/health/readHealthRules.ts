import {
  type HealthRule,
  type HealthRuleSet,
  compileHealthRules,
} from '@callboard/plugin-callboard-core';
import { fieldsOf } from '../documents/fields';
import { readDocuments } from '../documents/readDocuments';
import { type Io, UsageError } from '../Io';

/** Rules of a platform: documents of `kind: HealthRules` with `spec.rules: [{ kinds: […], rungs: […] }]`. */
export function readHealthRules(
  paths: readonly string[],
  io: Io,
): HealthRuleSet | undefined {
  if (paths.length === 0) return undefined;
  const rules = readDocuments(paths, io).flatMap(({ kind, spec }) => {
    const { rules: found } = fieldsOf(spec);
    if (kind !== 'HealthRules' || !Array.isArray(found)) {
      throw new UsageError(
        `${paths.join(
          ', ',
        )}: a document is not kind: HealthRules with spec.rules`,
      );
    }
    return found.map(readRule);
  });
  const compiled = compileHealthRules(rules);
  if (compiled.ok) return compiled.value;
  const { what, why, next } = compiled.problem;
  throw new UsageError(`${what}: ${why}. ${next}`);
}

function readRule(value: unknown): HealthRule {
  const { kinds, rungs } = fieldsOf(value);
  if (!isTexts(kinds) || !isTexts(rungs)) {
    throw new UsageError(
      'A health rule needs kinds and rungs, both lists of texts',
    );
  }
  return { kinds, rungs };
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(item => typeof item === 'string');
}
