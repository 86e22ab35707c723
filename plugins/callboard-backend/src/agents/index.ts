export { callOneself } from './callOneself';
export { createAgentsRouter } from './createAgentsRouter';
export { CONNECT_PATH, type OpenedAgents, openAgents } from './openAgents';
export { type AgentUrl, readAgentUrl } from './readAgentUrl';
export { UpgradeCatcher } from './UpgradeCatcher';
