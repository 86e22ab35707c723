import {
  type HealthStatus,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import { HEALTH_ORDER } from '../rollUpHealth';
import { parseTest } from './parseTest';
import type { HealthCheck } from './types';

const LONGEST_CHECK = 500; // characters; a check is one sentence

/** Parses one check of a rule. Problems name the check and its error. */
export function parseCheck(text: string): Result<HealthCheck> {
  if (text.length > LONGEST_CHECK)
    return invalid(text.slice(0, 60), 'it is longer than 500 characters');
  const same = /^same as ((?:\.[\w-]+)+)$/.exec(text);
  if (same)
    return ok({ status: { from: same[1].slice(1).split('.') }, tests: [] });

  const [, word, rest] = /^(\w+)(?: if (.+))?$/.exec(text) ?? [];
  if (!HEALTH_ORDER.includes(word as HealthStatus)) {
    return invalid(text, `it begins with none of ${HEALTH_ORDER.join(', ')}`);
  }
  const tests = [];
  for (const part of rest === undefined ? [] : rest.split(' and ')) {
    const test = parseTest(part.trim());
    if (!test) return invalid(text, `"${part.trim()}" is no test`);
    tests.push(test);
  }
  return ok({ status: word as HealthStatus, tests });
}

function invalid(check: string, why: string): Result<never> {
  return failed({
    code: 'health-rule-invalid',
    what: `Cannot read the health rule "${check}"`,
    why,
    next: 'Write it as "Healthy if Ready=True"; docs/health-kinds.md lists the words',
    transient: false,
  });
}
