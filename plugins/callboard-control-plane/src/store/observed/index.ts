export { deleteObservations, findObservations } from './findObservations';
export { findIngressTargets } from './findIngressTargets';
export type {
  ContainerAmounts,
  ContainerFacts,
  ObjectDigest,
} from './ObjectDigest';
export { type Observations, saveObservations } from './saveObservations';
