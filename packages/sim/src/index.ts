export { type Clock, FakeClock, systemClock } from './clock';
export { type VolumeHost } from './controllers';
export { type Fault } from './faults';
export { type Random, seededRandom } from './random';
export * from './fleet';
export { type SimObject } from './json';
export {
  type Address,
  type ContainerExit,
  type ContainerStage,
  type ContainerStart,
  type ContainerUsage,
  type KubeletTiming,
  type MountedClaim,
  type PodRuntime,
  type ReachableService,
  type RunningContainer,
  openConnection,
} from './kubelet';
