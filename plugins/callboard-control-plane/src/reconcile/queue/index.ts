export type { Outcome } from './Outcome';
export { WorkQueue, type WorkQueueOptions } from './WorkQueue';
export type { LanePlaces } from './nextInLane';
