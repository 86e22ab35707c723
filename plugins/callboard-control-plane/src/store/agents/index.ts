export { findAgent, findAgents } from './findAgents';
export { findRevokedAgents } from './findRevokedAgents';
export { inviteAgent } from './inviteAgent';
export { joinAgent } from './joinAgent';
export { recordReport } from './recordReport';
export { revokeAgent } from './revokeAgent';
