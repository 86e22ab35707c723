export { type AppliedObjects, assessDeployment } from './assessDeployment';
export { assessHealth } from './assessHealth';
export { type Contact, judgeFreshness } from './judgeFreshness';
export {
  HEALTH_ORDER,
  type PartNoun,
  isWorse,
  rollUpHealth,
} from './rollUpHealth';
export { shownHealth } from './shownHealth';
export type { Evidence, HealthPart } from './types';
export * from './diagnose';
