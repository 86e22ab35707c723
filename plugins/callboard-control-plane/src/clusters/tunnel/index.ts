export type {
  AgentRecord,
  AgentRegistry,
  JoinOutcome,
  RecordedReport,
} from './AgentRegistry';
export type { HubIdentity } from './acceptAgent';
export { agentSource } from './agentSource';
export { KnexAgentRegistry } from './KnexAgentRegistry';
export { createJoinToken, hashJoinToken } from './joinToken';
export {
  type AgentLink,
  type TunnelEvent,
  TunnelHub,
  type TunnelHubOptions,
} from './TunnelHub';
export { TunnelTransport } from './TunnelTransport';
export {
  AGENT_NAMESPACE,
  type AgentInstallInput,
  renderAgentInstall,
} from './renderAgentInstall';
export { type PolicyRule, renderAgentRules } from './renderAgentRules';
