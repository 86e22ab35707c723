import type { Environment } from '@marcbachmann/cel-js';
import {
  type ExpressionOutcome,
  compileCel,
  createCelEnvironment,
} from '../../cel';
import { registerClusterLibrary } from './clusterLibrary';

export type CompiledExpression =
  | { kind: 'compiled'; evaluate(managedCluster: unknown): ExpressionOutcome }
  | { kind: 'invalid'; why: string };

/** Many apps share the expressions of their environment, and an expression always compiles to the same result. */
const compiled = new Map<string, CompiledExpression>();
const MOST_KEPT = 500;

/**
 * Compiles a CEL expression over `managedCluster` with the libraries of
 * Kubernetes and of Open Cluster Management. Types are checked: an unknown name
 * or function makes it invalid before any cluster is evaluated.
 *
 * Source: open-cluster-management.io/sdk-go pkg/cel (1.0) names the libraries.
 */
export function compileExpression(source: string): CompiledExpression {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  const expression = compile(source);
  if (compiled.size >= MOST_KEPT) compiled.clear();
  compiled.set(source, expression);
  return expression;
}

function compile(source: string): CompiledExpression {
  const program = compileCel(source, environment());
  return program.kind === 'invalid'
    ? program
    : {
        kind: 'compiled',
        evaluate: managedCluster => program.evaluate({ managedCluster }),
      };
}

let shared: Environment | undefined;

/** Created once: registering the libraries costs more than most expressions. */
function environment(): Environment {
  if (shared === undefined) {
    shared = createCelEnvironment().registerVariable(
      'managedCluster',
      'map<string, dyn>',
    );
    registerClusterLibrary(shared);
  }
  return shared;
}
