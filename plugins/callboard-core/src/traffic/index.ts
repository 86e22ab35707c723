export {
  describeErrors,
  describeLatency,
  describeRate,
  describeTraffic,
} from './describeTraffic';
export { judgeTraffic, type TrafficFacts } from './judgeTraffic';
export { mergeTraffic, type SourceVectors } from './mergeTraffic';
export { readVector } from './readVector';
export {
  latencyQuery,
  NAMESPACE_LABEL,
  NAMESPACES_AT_ONCE,
  requestsQuery,
  trafficSources,
} from './trafficQueries';
export type { PrometheusAnswer, TrafficNumbers, VectorSample } from './types';
