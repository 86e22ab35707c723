export type { PrometheusServers } from './PrometheusServers';
