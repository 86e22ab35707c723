import type { Explainer } from './Explainer';
import { explainDecision } from './explainDecision';
import { explainObjects } from './explainObjects';

/** Explainers in order of precedence: the first that accepts a document explains it. */
export const EXPLAINERS: readonly Explainer[] = [
  explainDecision,
  explainObjects,
];
