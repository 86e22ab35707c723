export {
  type BuildLimits,
  DEFAULT_BUILD_LIMITS,
  type ExceededLimit,
} from './BuildLimits';
export { BuildPlace } from './BuildPlace';
export {
  type BuildStep,
  type BuildStepInput,
  FolderCache,
  planBuildStep,
  runBuildStep,
} from './buildStep';
export { digestFolder } from './digestFolder';
export {
  type InstallPlan,
  type InstallRules,
  type InstalledDependencies,
  type PackageRegistry,
  installDependencies,
  planInstall,
  readPackageRegistries,
} from './dependencies';
export {
  SandboxDoor,
  type SandboxOrder,
  type SandboxForward,
} from './door/SandboxDoor';
export { type OpenService, ServiceForwarder } from './door/ServiceForwarder';
export { type BuildEgress, readEgressHosts } from './egress';
export type { Control } from './groups/findHierarchies';
export type { RunGroup } from './groups/RunGroup';
export {
  INSIDE,
  type Isolation,
  RunFolder,
  type SandboxProgram,
  describeIsolation,
  describeLimits,
  sandboxCommand,
} from './isolation';
export { type ShownFolder, mountCommand } from './mountCommand';
export { type OtherUser, chownAll } from './otherUser';
export {
  type UserRange,
  arePeersWatched,
  isPushedCode,
  watchPeers,
} from './peers/pushedCodePeers';
export { readBuildLimits } from './readBuildLimits';
export { readProcesses, rootOf } from './readProcesses';
export { readProcessorTimes } from './readProcessorTimes';
export { RunArea } from './RunArea';
export {
  type KernelLimits,
  type RunAsOther,
  forEachBatch,
  signalGroup,
  spawnAsOther,
  stopGroup,
} from './runAsOther';
export {
  type DockerfileSupport,
  type StartCommand,
  type StartHints,
  WORKSPACE,
  commandLine,
  findStartCommand,
  mayHaveStartCommand,
  needsStartCommand,
  noStartCommand,
  readStartHints,
  staticServerPath,
} from './start';
export { measureFolder } from './watchLimits';
