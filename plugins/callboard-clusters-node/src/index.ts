export { applyObjects } from './apply/applyObjects';
export { DIRECT_ENGINE } from './apply/directEngine';
export { fingerprintOf } from './apply/fingerprintOf';
export { removeObjects } from './apply/removeObjects';
export { doesNotAnswer } from './connection/clusterProblems';
export { type ConnectionLimits } from './connection/limits';
export { readKubeObject } from './connection/readKubeObject';
export {
  HttpsTransport,
  type HttpsTransportOptions,
} from './https/HttpsTransport';
export {
  type ClusterAccess,
  type ConfiguredCluster,
  kubeconfigSource,
  openHttpsTransport,
  transportOpener,
} from './https/kubeconfigSource';
export type {
  KubeconfigFile,
  ProvidedAccess,
} from './https/signin/ClusterSignIn';
export type { WriteGuard } from './connection/TransportConnection';
export { type ConnectionDeps, openConnection } from './openConnection';
export { PULL_SECRET_NAME } from './pullSecretName';
export {
  AGENT_NAMESPACE,
  AgentEvents,
  type AgentInstallInput,
  type AgentLink,
  type AgentRecord,
  type AgentRegistry,
  type HubIdentity,
  type JoinOutcome,
  type RecordedReport,
  type TunnelEvent,
  TunnelHub,
  type TunnelHubOptions,
  acceptAgent,
  agentSource,
  checkAgentRights,
  createChallenge,
  createJoinToken,
  generateHubKey,
  hashJoinToken,
  readHubKey,
  renderAgentInstall,
  renderAgentPullSecret,
  renderAgentRules,
  renderAgentUpgrade,
} from './tunnel';
export {
  type ClusterEvent,
  type KnownObject,
  type Liveness,
  type SyncPoint,
  type WatchClusterOptions,
  type WatchedKind,
  kindKey,
} from './watch/types';
export { type FollowedKind, followKinds } from './watch/followKinds';
export { watchCluster } from './watch/watchCluster';
