export { type PowerOptions, SimCluster } from './SimCluster';
export {
  type NodePortHost,
  type SimClusterSpec,
  type SimNodeSpec,
} from './SimClusterSpec';
export { type KubeConfig, SimFleet, type SimFleetOptions } from './SimFleet';
