export { HEALTH_FAMILIES } from './families';
export { followsConventions } from './conventions';
export { CONVENTION_RUNGS, GENERIC_RUNGS, STALLED_RUNG } from './genericRungs';
export {
  type HealthRuleSet,
  climbLadder,
  compileHealthRules,
  compileOnDemand,
  judgeByRules,
} from './judgeByRules';
export { parseRung } from './parseRung';
export type { HealthFamily, HealthRule, Rung } from './types';
