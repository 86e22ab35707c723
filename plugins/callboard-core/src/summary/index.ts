export { type AppFacts, describeApp, needsAttention } from './describeApp';
export { type ClusterSentenceFacts, describeCluster } from './describeCluster';
export { describeEnvironment, describeLost } from './describeEnvironment';
export { type FleetFacts, describeFleet } from './describeFleet';
export {
  type PlacementState,
  describePlacementState,
} from './describePlacementState';
export {
  type PushLine,
  type PushOutcome,
  type PushReport,
  type PushStepFacts,
  type PushWave,
  pushLines,
} from './pushLines';
export { endSentence } from './sentence';
