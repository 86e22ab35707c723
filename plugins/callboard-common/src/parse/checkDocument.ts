import type { z } from 'zod';
import {
  type Problem,
  type ProblemCode,
  type Result,
  failed,
  ok,
} from '../problem';
import type { FieldPath } from './formatPath';
import { type SchemaFault, describeIssue } from './describeIssue';
import type { YamlDocument } from './yaml';

/** A hostile file has thousands of faults, and each is looked up in the text. */
const MAX_LOCATED_FAULTS = 20;

/**
 * Checks a document against a schema. Of several faults the first one in the
 * file is the problem; how many more there are is said.
 *
 * @param as - `code` of the problem and what is being read, as in `Cannot read {noun} shop.yaml`
 */
export function checkDocument<T>(
  schema: z.ZodType<T>,
  document: YamlDocument,
  as: { code: ProblemCode; noun: string },
): Result<T> {
  const parsed = schema.safeParse(document.value);
  if (parsed.success) return ok(parsed.data);
  const { issues } = parsed.error;
  const faults = issues
    .slice(0, MAX_LOCATED_FAULTS)
    .map(issue => describeIssue(issue, document.value, schema))
    .map(fault => ({ fault, at: document.locate(fault.path) }))
    .sort(
      (a, b) =>
        // a misspelled field is missed by its right name too: that is its effect
        Number(b.fault.meant !== undefined) -
          Number(a.fault.meant !== undefined) ||
        (a.at.line ?? 0) - (b.at.line ?? 0) ||
        (a.at.column ?? 0) - (b.at.column ?? 0),
    );
  const [{ fault }] = faults;
  const effects = faults.filter(
    each => fault.meant !== undefined && isMissedBy(each.fault, fault),
  );
  return failed(
    problemOf(fault, {
      ...as,
      document,
      others: issues.length - 1 - effects.length,
    }),
  );
}

function isMissedBy(one: SchemaFault, misspelled: SchemaFault): boolean {
  const right = [...misspelled.path.slice(0, -1), misspelled.meant];
  return (
    one !== misspelled &&
    one.path.length === right.length &&
    one.path.every((part, index) => part === right[index])
  );
}

/** A fault found by a rule that no schema states. */
export function faultProblem(
  fault: SchemaFault,
  as: { code: ProblemCode; noun: string; document: YamlDocument },
): Problem {
  return problemOf(fault, { ...as, others: 0 });
}

function problemOf(
  fault: SchemaFault,
  as: {
    code: ProblemCode;
    noun: string;
    document: YamlDocument;
    others: number;
  },
): Problem {
  const at = as.document.locate(fault.path as FieldPath);
  const more =
    as.others === 0
      ? ''
      : ` (and ${as.others} more ${
          as.others === 1 ? 'fault' : 'faults'
        } in this file)`;
  return {
    code: as.code,
    what: `Cannot read ${as.noun} ${at.file}, line ${at.line}`,
    why: `${
      at.path === undefined || (fault.meant && fault.path.length === 1)
        ? ''
        : `${at.path}: `
    }${fault.why}${more}`,
    next: fault.next,
    transient: false,
    at,
  };
}
