export { deleteObservations, findObservations } from './findObservations';
export type { ObjectDigest } from './ObjectDigest';
export { type Observations, saveObservations } from './saveObservations';
