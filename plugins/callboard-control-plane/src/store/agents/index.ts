export { findAgent, findAgents } from './findAgents';
export { findRevokedAgents } from './findRevokedAgents';
export { inviteAgent } from './inviteAgent';
export { joinAgent } from './joinAgent';
export { revokeAgent } from './revokeAgent';
