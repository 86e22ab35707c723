export { type BackOff, backOffMs } from './backOff';
export type { Outcome } from './Outcome';
export { WorkQueue, type WorkQueueOptions } from './WorkQueue';
export type { LanePlaces } from './nextInLane';
