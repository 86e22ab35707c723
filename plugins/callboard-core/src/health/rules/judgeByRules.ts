import {
  type Health,
  type HealthReason,
  type HealthStatus,
  type KubeObject,
  ProblemError,
  type Result,
  failed,
  ok,
  readReportedReason,
  type Problem,
} from '@callboard/plugin-callboard-common';
import { maskSecrets } from '../diagnose/maskSecrets';
import { listAt, textAt } from '../fields';
import { HEALTH_ORDER } from '../rollUpHealth';
import { verdict } from '../verdict';
import { parseCheck } from './parseCheck';
import type { HealthRule, HealthCheck, TestMatch, TestScope } from './types';

const KIND_PATTERN = /^(?:\*\.)?[a-z0-9.-]{0,253}\/(?:\w{1,63}|\*)$/;

const DEFAULT_REASONS: Readonly<Record<HealthStatus, HealthReason>> = {
  Healthy: 'Ready',
  Suspended: 'Suspended',
  Progressing: 'Waiting',
  Missing: 'Missing',
  Degraded: 'Failed',
  Unknown: 'Unknown',
};

const DEFAULT_MESSAGES: Readonly<Record<HealthStatus, string>> = {
  Healthy: 'It is ready',
  Suspended: 'It is suspended on purpose',
  Progressing: 'It is on its way',
  Missing: 'It is not there',
  Degraded: 'It reports a failure',
  Unknown: 'It does not say how it is',
};

const LONGEST_MESSAGE = 300;

/** Rules by kind, each compiled once. */
export interface HealthRuleSet {
  /** Checks of exactly this `group/Kind`, `group/*` or `*.suffix/*`. */
  checksOf(pattern: string): readonly HealthCheck[] | undefined;
  /** Cache of lookups: the checks of a kind, or that it has none. */
  found: Map<string, readonly HealthCheck[] | undefined>;
}

const MOST_FOUND = 5_000; // kinds; bounded, because clusters may hold any number of them

/** Compiles rules; the first problem is returned. Of two rules for one kind the later one is used. */
export function compileHealthRules(
  rules: readonly HealthRule[],
): Result<HealthRuleSet> {
  const compiled = new Map<string, HealthCheck[]>();
  for (const { kinds, checks } of rules) {
    const list: HealthCheck[] = [];
    for (const text of checks) {
      const check = parseCheck(text);
      if (!check.ok) return check;
      list.push(check.value);
    }
    for (const kind of kinds) {
      if (!KIND_PATTERN.test(kind)) return failed(kindInvalid(kind));
      compiled.set(kind, list);
    }
  }
  return ok(ruleSet(pattern => compiled.get(pattern)));
}

/**
 * Compiles built-in rules, each when its kind is first needed: a call needs few
 * of the hundreds. Throws then when one is invalid.
 */
export function compileOnDemand(rules: readonly HealthRule[]): HealthRuleSet {
  const texts = new Map(
    rules.flatMap(({ kinds, checks }) =>
      kinds.map(kind => [kind, checks] as const),
    ),
  );
  const compiled = new Map<string, HealthCheck[]>();
  return ruleSet(pattern => {
    const known = compiled.get(pattern);
    const checks = texts.get(pattern);
    if (known || !checks) return known;
    const list = checks.map(text => {
      const check = parseCheck(text);
      if (!check.ok) throw new ProblemError(check.problem);
      return check.value;
    });
    compiled.set(pattern, list);
    return list;
  });
}

function ruleSet(checksOf: HealthRuleSet['checksOf']): HealthRuleSet {
  return { checksOf, found: new Map() };
}

function kindInvalid(kind: string): Problem {
  return {
    code: 'health-rule-invalid',
    what: `Cannot read the kind "${kind}" of a health rule`,
    why: 'it is not group/Kind',
    next: 'Write it as "example.com/Database", "example.com/*" or "*.example.com/*"',
    transient: false,
  };
}

/**
 * Returns the verdict by the rule of the kind: an exact kind takes precedence
 * over its group, and that over the longest matching suffix.
 */
export function judgeByRules(
  object: KubeObject,
  group: string,
  rules: HealthRuleSet,
): Health | undefined {
  const list = findChecks(group, object.kind, rules);
  return (
    list &&
    (judgeByChecks(list, object) ??
      verdict('Progressing', 'Waiting', DEFAULT_MESSAGES.Progressing))
  );
}

/** Returns the verdict of the first check that holds; undefined when none does. */
export function judgeByChecks(
  list: readonly HealthCheck[],
  object: KubeObject,
): Health | undefined {
  const scope: TestScope = {
    value: object,
    conditions: listAt(object, 'status', 'conditions'),
    generation: object.metadata.generation,
  };
  for (const check of list) {
    const health = climb(check, scope);
    if (health) return health;
  }
  return undefined;
}

function findChecks(
  group: string,
  kind: string,
  { checksOf, found }: HealthRuleSet,
): readonly HealthCheck[] | undefined {
  const key = `${group}/${kind}`;
  if (found.has(key)) return found.get(key);
  const list = searchChecks(group, kind, checksOf);
  if (found.size >= MOST_FOUND) found.clear();
  found.set(key, list);
  return list;
}

function searchChecks(
  group: string,
  kind: string,
  checksOf: HealthRuleSet['checksOf'],
): readonly HealthCheck[] | undefined {
  const exact = checksOf(`${group}/${kind}`) ?? checksOf(`${group}/*`);
  if (exact) return exact;
  for (
    let dot = group.indexOf('.');
    dot >= 0;
    dot = group.indexOf('.', dot + 1)
  ) {
    const family =
      checksOf(`*${group.slice(dot)}/${kind}`) ??
      checksOf(`*${group.slice(dot)}/*`);
    if (family) return family;
  }
  return undefined;
}

/** Reason and message come from the first test that found any. */
function climb(
  { status, tests }: HealthCheck,
  scope: TestScope,
): Health | undefined {
  let reason: TestMatch['reason'];
  let message: TestMatch['message'];
  for (const test of tests) {
    const match = test(scope);
    if (!match) return undefined;
    reason ??= match.reason;
    message ??= match.message;
  }
  if (typeof status === 'object') return readStatus(status.from, scope);
  return verdict(
    status,
    readReportedReason(reason ?? '') ?? DEFAULT_REASONS[status],
    toMessage(message ?? statusMessage(scope), status),
  );
}

/** Reads a verdict that another controller has already written in our terms. */
function readStatus(path: string[], scope: TestScope): Health | undefined {
  const word = textAt(scope.value, ...path) as HealthStatus | undefined;
  return word !== undefined && HEALTH_ORDER.includes(word)
    ? verdict(
        word,
        'Reported',
        toMessage(textAt(scope.value, ...path.slice(0, -1), 'message'), word),
      )
    : undefined;
}

/** Many operators write a message beside their phase. */
function statusMessage({ value }: TestScope): string | undefined {
  return (
    textAt(value, 'status', 'message') ?? textAt(value, 'status', 'phaseReason')
  );
}

function toMessage(message: string | undefined, status: HealthStatus): string {
  if (message === undefined) return DEFAULT_MESSAGES[status];
  const text = maskSecrets(message).replace(/\s+/g, ' ').trim();
  if (text === '') return DEFAULT_MESSAGES[status];
  return text.length <= LONGEST_MESSAGE
    ? text
    : `${text.slice(0, LONGEST_MESSAGE - 1)}…`;
}
