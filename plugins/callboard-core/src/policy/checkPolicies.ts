import {
  type FieldPath,
  type PolicyFile,
  type Problem,
  type SourceLocation,
  formatPath,
} from '@callboard/plugin-callboard-common';
import { compilePolicyExpression } from './compilePolicy';

/** Position of a field of a policy in its file. */
export type LocatePolicy = (name: string, path: FieldPath) => SourceLocation;

/** Checks policies beyond their form: expressions that do not compile, a name that is used twice. */
export function checkPolicies(
  files: readonly PolicyFile[],
  locate?: LocatePolicy,
): Problem[] {
  const seen = new Set<string>();
  return files.flatMap(({ metadata: { name }, spec }) => {
    const isTaken = seen.has(name);
    seen.add(name);
    if (isTaken) return [nameTaken(name)];
    return spec.validations.flatMap(({ expression }, index) => {
      const program = compilePolicyExpression(expression);
      if (program.kind === 'compiled') return [];
      const path: FieldPath = ['spec', 'validations', index, 'expression'];
      return [expressionInvalid(name, path, { why: program.why, locate })];
    });
  });
}

function nameTaken(name: string): Problem {
  return {
    code: 'policy-invalid',
    what: `Cannot use the policy "${name}"`,
    why: 'another one has the same name',
    next: 'Give each policy a name of its own',
    transient: false,
  };
}

function expressionInvalid(
  name: string,
  path: FieldPath,
  { why, locate }: { why: string; locate?: LocatePolicy },
): Problem {
  return {
    code: 'policy-invalid',
    what: `Cannot use the policy "${name}"`,
    why: `${formatPath(path)}: ${why}`,
    next: 'Correct the expression; it is CEL over app, release, environment, placement, cluster, object and pod',
    transient: false,
    ...(locate && { at: locate(name, path) }),
  };
}
