export { selfProbe } from './selfProbe';
export { createAgentsRouter } from './createAgentsRouter';
export { CONNECT_PATH, type OpenedAgents, openAgents } from './openAgents';
export { openHubKey } from './openHubKey';
export type { AgentUrl } from './readAgentUrl';
export { WebSocketUpgradeHandler } from './WebSocketUpgradeHandler';
