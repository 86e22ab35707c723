export { agreeWithFindings } from './agreeWithFindings';
export * from './deployment';
export { assessArrival } from './assessArrival';
export { assessCluster } from './assessCluster';
export { type EnvironmentFacts, assessEnvironment } from './assessEnvironment';
export { assessHealth } from './assessHealth';
export * from './changes';
export {
  type CountedInstance,
  countInstances,
  speaksFor,
} from './countInstances';
export { describeReadyInstances } from './describeInstances';
export { type StartContact, isBeingRead } from './isBeingRead';
export { type Contact, judgeFreshness } from './judgeFreshness';
export {
  HEALTH_ORDER,
  type PartNoun,
  isWorse,
  rollUpHealth,
} from './rollUpHealth';
export {
  HEALTH_FAMILIES,
  type HealthFamily,
  type HealthRule,
  type HealthRuleSet,
  compileHealthRules,
} from './rules';
export { shownHealth } from './shownHealth';
export type { Evidence, HealthPart } from './types';
export * from './diagnose';
