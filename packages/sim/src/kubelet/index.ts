export { ContainerLogs } from './ContainerLogs';
export { type ContainerStage, type Span, STAGES } from './ContainerStage';
export { Kubelet } from './Kubelet';
export { openConnection } from './openConnection';
export { type KubeletTiming, REAL_TIMING } from './KubeletTiming';
export {
  type Address,
  type ContainerExit,
  type ContainerStart,
  type ContainerUsage,
  type MountedClaim,
  type PodRuntime,
  type ReachableService,
  type RunningContainer,
} from './PodRuntime';
