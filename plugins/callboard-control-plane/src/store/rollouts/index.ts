export { closeRollout } from './closeRollout';
export {
  findRollout,
  findRollouts,
  findRolloutsUnderWay,
  isRollingOut,
} from './findRollouts';
export { lockRollout, lockRolloutsOf } from './lockRollout';
export type { RolloutRecord } from './RolloutRecord';
export { saveRollout } from './saveRollout';
