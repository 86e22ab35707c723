import type { z } from 'zod';
import type { Problem, ProblemCode, SourceLocation } from '../problem';
import { countOf } from '../words';
import { type Checked, accepted } from './Checked';
import { type SchemaFault, describeIssue } from './describeIssue';
import type { YamlDocument } from './yaml';

/** A hostile file has thousands of faults, and each is looked up in the text. */
const MAX_FAULTS = 50;

type Issue = z.core.$ZodIssue;

interface As {
  code: ProblemCode;
  /** Noun of the document, as in `Cannot read {noun} shop.yaml`. */
  noun: string;
}

interface Located {
  fault: SchemaFault;
  at: SourceLocation;
}

/**
 * Checks a document against a schema. Of several faults the first one in the
 * file is the problem, which says how many more there are; `problems` are all
 * of them in the order of the file, at the end a count where they are too many.
 */
export function checkDocument<T>(
  schema: z.ZodType<T>,
  document: YamlDocument,
  as: As,
): Checked<T> {
  const parsed = schema.safeParse(document.value);
  if (parsed.success) return accepted(parsed.data);
  const { issues } = parsed.error;
  const known = new Map<Issue, Located>();
  const locate = (issue: Issue): Located => {
    const found = known.get(issue) ?? locateIssue(issue, document, schema);
    known.set(issue, found);
    return found;
  };
  return {
    ok: false,
    problem: firstProblem(issues, locate, as),
    // Computed on access: a push reports only one.
    get problems() {
      return allProblems(issues, locate, as);
    },
  };
}

function locateIssue(
  issue: Issue,
  document: YamlDocument,
  schema: z.ZodType,
): Located {
  const fault = describeIssue(issue, document.value, schema);
  return { fault, at: document.locate(fault.path) };
}

function firstProblem(
  issues: readonly Issue[],
  locate: (issue: Issue) => Located,
  as: As,
): Problem {
  const faults = issues.slice(0, MAX_FAULTS).map(locate).sort(compareInFile);
  // A misspelled field also makes the right one missing: that fault is only its effect.
  const first = faults.find(({ fault }) => fault.meant !== undefined);
  const effects = faults.filter(each => first && isEffect(each, first));
  const problem = problemOf(first ?? faults[0], as);
  const others = issues.length - 1 - effects.length;
  return others === 0
    ? problem
    : {
        ...problem,
        why: `${problem.why} (and ${countOf(
          others,
          'more fault',
        )} in this file)`,
      };
}

function allProblems(
  issues: readonly Issue[],
  locate: (issue: Issue) => Located,
  as: As,
): Problem[] {
  const each = issues.flatMap(splitByField);
  const faults = each.slice(0, MAX_FAULTS).map(locate).sort(compareInFile);
  const problems = faults
    .filter(fault => !faults.some(other => isEffect(fault, other)))
    .map(fault => problemOf(fault, as));
  const rest = each.length - MAX_FAULTS;
  return rest <= 0
    ? problems
    : [...problems, notListed(rest, { ...as, file: faults[0].at.file })];
}

/** Splits the issue of several unknown fields of one map. */
function splitByField(issue: Issue): Issue[] {
  return issue.code === 'unrecognized_keys' && issue.keys.length > 1
    ? issue.keys.map(key => ({ ...issue, keys: [key] }))
    : [issue];
}

function compareInFile({ at: a }: Located, { at: b }: Located): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}

function isEffect({ fault }: Located, { fault: misspelled }: Located): boolean {
  if (misspelled.meant === undefined || fault === misspelled) return false;
  const right = [...misspelled.path.slice(0, -1), misspelled.meant];
  return (
    fault.path.length === right.length &&
    fault.path.every((part, index) => part === right[index])
  );
}

function notListed(
  count: number,
  { code, noun, file }: As & { file: string },
): Problem {
  return {
    code,
    what: `Cannot read ${noun} ${file}`,
    why: `… and ${countOf(count, 'more fault')} in this file`,
    next: 'Correct those above, and check again',
    transient: false,
    at: { file },
  };
}

/** Returns the problem of a fault found by a rule outside of the schema. */
export function faultProblem(
  fault: SchemaFault,
  { document, ...as }: As & { document: YamlDocument },
): Problem {
  return problemOf({ fault, at: document.locate(fault.path) }, as);
}

function problemOf({ fault, at }: Located, { code, noun }: As): Problem {
  return {
    code,
    what: `Cannot read ${noun} ${at.file}, line ${at.line}`,
    why: `${
      at.path === undefined || (fault.meant && fault.path.length === 1)
        ? ''
        : `${at.path}: `
    }${fault.why}`,
    next: fault.next,
    transient: false,
    at,
  };
}
