export type {
  AgentProgress,
  AgentRights,
  AgentUpgradeRecord,
} from './AgentProgress';
export {
  closeAgentProgress,
  findAgentProgress,
  findAllAgentProgress,
  saveAgentProgress,
} from './progressOfAgents';
export {
  dropAgentLink,
  findLinksElsewhere,
  saveAgentLinks,
} from './agentLinks';
export { findAgent, findAgents } from './findAgents';
export { type ConnectedAgent, findRevokedAgents } from './findRevokedAgents';
export { type Registration, registerAgent, renewAgent } from './registerAgent';
export { joinAgent } from './joinAgent';
export { KnexAgentRegistry } from './KnexAgentRegistry';
export { recordReport } from './recordReport';
export { revokeAgent } from './revokeAgent';
