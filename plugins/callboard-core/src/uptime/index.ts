export { findGapAt, findGaps } from './findGaps';
export { type WriteGap, describeGap, describePastInGap } from './sentences';
export {
  LONGEST_PAUSE_MS,
  type RunFacts,
  type RunStep,
  stepRun,
} from './stepRun';
export type { PortalRun, UptimeGap } from './types';
