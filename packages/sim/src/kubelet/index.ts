export { ContainerLog } from './ContainerLog';
export { ContainerLogs } from './ContainerLogs';
export {
  type Address,
  type ContainerExit,
  type ContainerStart,
  type PodRuntime,
  type RunningContainer,
} from './PodRuntime';
