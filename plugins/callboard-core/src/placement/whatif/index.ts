export { applyHypothesis, type Hypothesis } from './applyHypothesis';
export { askWhatIf, type ReplicaMove, type WhatIfAnswer } from './askWhatIf';
export { describeWhatIf } from './describeWhatIf';
export { type AppPartition, partitionApps } from './partitionApps';
