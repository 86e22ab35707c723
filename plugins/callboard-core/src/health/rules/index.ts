export { HEALTH_FAMILIES } from './families';
export { GENERIC_RUNGS } from './genericRungs';
export {
  type HealthRuleSet,
  climbLadder,
  compileHealthRules,
  compileOnDemand,
  judgeByRules,
} from './judgeByRules';
export { parseRung } from './parseRung';
export type { HealthFamily, HealthRule, Rung } from './types';
