export { answerRollout } from './answerRollout';
export { listRolloutClusters, sizeOf } from './listRolloutClusters';
export { readStrategy } from './readStrategy';
export type {
  ClusterRolloutStatus,
  ListedCluster,
  RolloutAnswer,
  RolloutGroup,
  RolloutQuestion,
  RolloutStatus,
  Size,
  Strategy,
} from './types';
