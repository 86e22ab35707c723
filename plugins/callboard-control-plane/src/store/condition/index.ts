export { describeStoreFault } from './describeStoreFault';
export { StoreCondition } from './StoreCondition';
