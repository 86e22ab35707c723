export { demandsOf } from './demandsOf';
export { describeGuardRails } from './describeGuardRails';
export { findBreaches } from './findBreaches';
export { guardRailsOf } from './guardRailsOf';
export { exposureWithin, renderGuardRails } from './renderGuardRails';
export type {
  ContainerDemand,
  GuardRailBreach,
  GuardRailDemands,
} from './types';
