/** Where the agent lives, and nothing else. */
export const AGENT_NAMESPACE = 'callboard-agent';
