export {
  type AppFacts,
  describeApp,
  isOnlyBeingRead,
  needsAttention,
} from './describeApp';
export {
  type ClusterConcern,
  type ClusterConcernFacts,
  clusterConcerns,
  clusterNeedsAttention,
  clusterUrgency,
  describeConcern,
} from './clusterConcerns';
export { countApps } from './countApps';
export { describeContactLoss } from './describeContactLoss';
export { type ClusterSentenceFacts, describeCluster } from './describeCluster';
export { describeEntity } from './describeEntity';
export {
  describeEnvironment,
  describeLost,
  type EnvironmentWords,
  explainEnvironment,
} from './describeEnvironment';
export { type FleetFacts, describeFleet } from './describeFleet';
export {
  type PlacementState,
  describePlacementState,
} from './describePlacementState';
export { describePromotion } from './describePromotion';
export {
  type PushLine,
  type PushOutcome,
  type PushReport,
  type PushStepFacts,
  type PushWave,
  type PushWait,
  pushLines,
  waitLine,
} from './pushLines';
export { describeServing } from './describeServing';
export { endSentence } from './sentence';
