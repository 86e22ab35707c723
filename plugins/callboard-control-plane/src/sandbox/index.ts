export {
  type BuildLimits,
  DEFAULT_BUILD_LIMITS,
  type ExceededLimit,
  limitExceeded,
} from './BuildLimits';
export { BuildPlace } from './BuildPlace';
export { readBuildLimits } from './readBuildLimits';
export type { Control } from './groups/findHierarchies';
export type { RunGroup } from './groups/RunGroup';
export { readProcesses, rootOf } from './readProcesses';
export { RunArea } from './RunArea';
export { measureFolder } from './watchLimits';
export { SandboxDoor, type SandboxOrder } from './door/SandboxDoor';
export {
  type BuildEgress,
  type Connected,
  EgressDoor,
  type EgressPolicy,
  type EgressTarget,
  connectChecked,
  readEgressHosts,
} from './egress';
export {
  INSIDE,
  type Isolation,
  RunFolder,
  type SandboxProgram,
  describeIsolation,
  describeLimits,
  sandboxCommand,
} from './isolation';
export { type OtherUser, chownAll } from './otherUser';
export {
  type UserRange,
  arePeersWatched,
  isPushedCode,
  watchPeers,
} from './peers/pushedCodePeers';
export {
  type RunAsOther,
  type KernelLimits,
  forEachBatch,
  signalGroup,
  spawnAsOther,
  stopGroup,
} from './runAsOther';
