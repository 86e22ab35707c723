import {
  type HealthRule,
  compileHealthRules,
} from '@callboard/plugin-callboard-core';
import type { Problem } from '@callboard/plugin-callboard-common';

/** What is wrong with the words of a platform's rules of health, if anything is. */
export function checkHealthRules(
  rules: readonly HealthRule[],
): Problem | undefined {
  const compiled = compileHealthRules(rules);
  return compiled.ok ? undefined : compiled.problem;
}
