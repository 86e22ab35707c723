export { handleMetrics, isMetricsPath } from './handleMetrics';
export { aggregatedMetrics, describeMetricsGroup } from './metricsDocuments';
