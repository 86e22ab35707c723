import { configProblems } from './configProblems';
import { crashes } from './crashes';
import { failedChecks } from './failedChecks';
import { ignoredStops } from './ignoredStops';
import { imageProblems } from './imageProblems';
import { lostNodes } from './lostNodes';
import { insufficientResources } from './insufficientResources';
import { refusals } from './refusals';
import { startFailures } from './startFailures';
import { stuckOwners } from './stuckOwners';
import type { CauseRule } from './types';

/** All families of causes. Each rule is asked; `CAUSE_ORDER` gives the order of the results. */
export const CAUSE_RULES: readonly CauseRule[] = [
  lostNodes,
  refusals,
  insufficientResources,
  imageProblems,
  configProblems,
  startFailures,
  crashes,
  failedChecks,
  stuckOwners,
  ignoredStops,
];
