export type { ExpressionOutcome } from './compileExpression';
export { createEvaluator, type Evaluator } from './createEvaluator';
