export type {
  AgentRecord,
  AgentRegistry,
  JoinOutcome,
  RecordedReport,
} from './AgentRegistry';
export { type HubIdentity, acceptAgent, createChallenge } from './acceptAgent';
export { AgentEvents } from './AgentEvents';
export { agentSource } from './agentSource';
export { checkAgentRights } from './checkAgentRights';
export { generateHubKey, readHubKey } from './hubKey';
export { createJoinToken, hashJoinToken } from './joinToken';
export {
  type AgentLink,
  type TunnelEvent,
  TunnelHub,
  type TunnelHubOptions,
} from './TunnelHub';
export { AGENT_NAMESPACE } from './agentNamespace';
export {
  type AgentInstallInput,
  renderAgentInstall,
  renderAgentUpgrade,
} from './renderAgentInstall';
export { renderAgentPullSecret } from './renderAgentPullSecret';
export { renderAgentRules } from './renderAgentRules';
