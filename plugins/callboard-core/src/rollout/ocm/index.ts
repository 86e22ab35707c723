export { listRolloutClusters, sizeOf } from './listRolloutClusters';
export { readStrategy } from './readStrategy';
export type {
  ClusterRolloutStatus,
  ListedCluster,
  RolloutAnswer,
  RolloutGroup,
  RolloutStatus,
  Size,
  Strategy,
} from './types';
