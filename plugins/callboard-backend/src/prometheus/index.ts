export {
  ConfiguredPrometheusServers,
  type PrometheusSettings,
} from './ConfiguredPrometheusServers';
export { readPrometheus } from './readPrometheus';
