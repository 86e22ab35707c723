export {
  deleteUsage,
  findUsageChunks,
  findUsageChunksOf,
  saveUsageChunks,
  sweepUsage,
  type UsageChunk,
  type UsageSeriesKey,
} from './usagePoints';
export {
  type ContainerUsage,
  findUsage,
  type InstanceUsage,
  saveUsage,
  type TrafficRecord,
  type UsageRecord,
} from './usageRows';
