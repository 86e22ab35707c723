export { createEvaluator, type Evaluator } from './createEvaluator';
