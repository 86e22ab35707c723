export { type ObservedVersion, describeChanges } from './describeChanges';
export { describeObserved } from './describeObserved';
export { judgeObserved } from './judgeObserved';
export { keepObject } from './keepObject';
export type { KeptObject, ObservedState } from './types';
