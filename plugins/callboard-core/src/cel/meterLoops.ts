import type { ASTNode } from '@marcbachmann/cel-js';

/** How many turns of loops expressions may still take together. */
export interface StepMeter {
  left: number;
}

/** A node as the evaluator sees it; loops are what macros such as `all` and `map` were expanded to. */
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
 * Has each turn of a loop counted. CEL has no loop without an end, but loops
 * within loops multiply: a short text can ask for years of work.
 *
 * @param root - an expression that was checked: its macros are expanded
 * @returns runs an evaluation against a meter; a turn more than it has left fails
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

/** What loops do in each turn. Depth is bounded by the parser. */
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
  // A loop: what it loops over, and what it does.
  const { iterable, step } = args as Record<string, unknown>;
  return [iterable, step].flatMap(nodesIn);
}
