import type { ASTNode } from '@marcbachmann/cel-js';

/** Loop iterations that expressions may still take together. */
export interface StepMeter {
  left: number;
}

/** A node as the evaluator sees it; macros such as `all` and `map` are expanded to loops. */
interface EvaluatedNode {
  op: string;
  args: unknown;
  meta?: {
    alternate?: EvaluatedNode;
    evaluate(evaluator: unknown, node: unknown, context: unknown): unknown;
  };
  setMeta?(key: string, value: unknown): unknown;
}

type Metered = <T>(meter: StepMeter | undefined, evaluate: () => T) => T;

/**
 * Counts each iteration of a loop. CEL has no endless loop, but nested loops
 * multiply: a short text can take years to evaluate.
 *
 * @param root - a checked expression: its macros are expanded
 * @returns runs an evaluation against a meter; the first iteration beyond the
 *   meter fails
 */
export function meterLoops(root: ASTNode): Metered {
  let current: StepMeter | undefined;
  const take = () => {
    if (current === undefined) return;
    if (current.left <= 0) throw new Error('its loops take too many turns');
    current.left -= 1;
  };
  for (const step of findSteps(root as EvaluatedNode)) {
    const evaluate = step.meta?.evaluate;
    if (!evaluate || !step.setMeta)
      throw new Error('the loops of this expression cannot be counted');
    step.setMeta(
      'evaluate',
      (evaluator: unknown, node: unknown, context: unknown) => {
        take();
        return evaluate(evaluator, node, context);
      },
    );
  }
  return (meter, evaluate) => {
    current = meter;
    try {
      return evaluate();
    } finally {
      current = undefined;
    }
  };
}

/** Returns the bodies of loops. Depth is bounded by the parser. */
function findSteps(node: EvaluatedNode): EvaluatedNode[] {
  const shown = node.meta?.alternate ?? node;
  const own =
    shown.op === 'comprehension'
      ? [(shown.args as { step: EvaluatedNode }).step]
      : [];
  return [...own, ...nodesIn(shown.args).flatMap(findSteps)];
}

function nodesIn(args: unknown): EvaluatedNode[] {
  if (Array.isArray(args)) return args.flatMap(nodesIn);
  if (typeof args !== 'object' || args === null) return [];
  if ('op' in args) return [args as EvaluatedNode];
  // A loop: its input and its body.
  const { iterable, step } = args as Record<string, unknown>;
  return [iterable, step].flatMap(nodesIn);
}
