export { HEALTH_FAMILIES } from './families';
export { followsConventions } from './conventions';
export {
  CONVENTION_CHECKS,
  GENERIC_CHECKS,
  STALLED_CHECK,
} from './genericChecks';
export {
  type HealthRuleSet,
  judgeByChecks,
  compileHealthRules,
  compileOnDemand,
  judgeByRules,
} from './judgeByRules';
export { parseCheck } from './parseCheck';
export type { HealthFamily, HealthRule, HealthCheck } from './types';
