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
export { type Invitation, inviteAgent, reinviteAgent } from './inviteAgent';
export { joinAgent } from './joinAgent';
export { KnexAgentRegistry } from './KnexAgentRegistry';
export { recordReport } from './recordReport';
export { revokeAgent } from './revokeAgent';
