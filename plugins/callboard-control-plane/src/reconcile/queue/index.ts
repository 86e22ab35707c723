export type { Outcome } from './Outcome';
export { type Run, WorkQueue, type WorkQueueOptions } from './WorkQueue';
export type { LanePlaces } from './nextInLane';
