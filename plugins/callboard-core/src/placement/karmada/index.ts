export { allocateSeats, type Party } from './allocateSeats';
export { applyKarmadaChange } from './applyKarmadaChange';
export { decideKarmadaPolicy } from './decideKarmadaPolicy';
export { readKarmadaClusters } from './readKarmadaClusters';
export { readKarmadaPolicy } from './readKarmadaPolicy';
export { readWorkload } from './readWorkload';
export type {
  KarmadaCluster,
  KarmadaInput,
  KarmadaPlacement,
  KarmadaWorkload,
  TargetCluster,
} from './types';
