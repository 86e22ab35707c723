export { type Clock, FakeClock, systemClock } from './clock';
export { type Fault } from './faults';
export * from './fleet';
export { type SimObject } from './json';
export {
  type Address,
  type ContainerExit,
  type ContainerStart,
  type PodRuntime,
  type RunningContainer,
} from './kubelet';
