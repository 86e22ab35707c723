export { describeUsage } from './describeUsage';
export {
  adviseMemory,
  type MemoryAdvice,
  type MemoryFacts,
} from './adviseMemory';
export {
  judgeUsage,
  type UsageFacts,
  type UsageState,
  type UsageVerdict,
} from './judgeUsage';
export { readPodMetrics } from './readPodMetrics';
export type {
  ContainerMeasurement,
  PodMeasurement,
  UsageAmounts,
  UsagePoint,
} from './types';
export {
  addToChunk,
  chunkOf,
  readChunk,
  thinPoints,
  USAGE_KEPT_MS,
  USAGE_STEP_MS,
} from './usageSeries';
