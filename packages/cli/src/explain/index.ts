import type { Explainer } from './Explainer';
import { explainDecision } from './explainDecision';
import { explainObjects } from './explainObjects';

/** Who is asked, in this order; the first that accepts a document explains it. */
export const EXPLAINERS: readonly Explainer[] = [
  explainDecision,
  explainObjects,
];
