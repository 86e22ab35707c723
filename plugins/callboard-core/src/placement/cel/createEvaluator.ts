import type {
  ClusterFacts,
  PlacementSpec,
} from '@callboard/plugin-callboard-common';
import type { ExpressionOutcome } from '../../cel';
import {
  compileExpression,
  type CompiledExpression,
} from './compileExpression';
import { clusterVariable } from './clusterVariable';

export interface Evaluator {
  evaluate(expression: string, cluster: ClusterFacts): ExpressionOutcome;
  /** Expressions of the spec that do not compile. */
  invalid: Array<{ expression: string; why: string }>;
}

/** Compiles every expression of a placement once; each cluster is converted once. */
export function createEvaluator(spec: PlacementSpec): Evaluator {
  const compiled = new Map<string, CompiledExpression>();
  for (const { requiredClusterSelector } of spec.predicates ?? []) {
    for (const expression of requiredClusterSelector?.celSelector
      ?.celExpressions ?? []) {
      compiled.set(expression, compileExpression(expression));
    }
  }
  const variables = new WeakMap<ClusterFacts, unknown>();
  const variableOf = (cluster: ClusterFacts) => {
    if (!variables.has(cluster))
      variables.set(cluster, clusterVariable(cluster));
    return variables.get(cluster);
  };
  return {
    evaluate(expression, cluster) {
      const program = compiled.get(expression) ?? compileExpression(expression);
      if (program.kind === 'invalid')
        return { kind: 'failed', why: program.why };
      return program.evaluate(variableOf(cluster));
    },
    invalid: [...compiled].flatMap(([expression, program]) =>
      program.kind === 'invalid' ? [{ expression, why: program.why }] : [],
    ),
  };
}
