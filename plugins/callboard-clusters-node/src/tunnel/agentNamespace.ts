/** Namespace of the agent, and of nothing else. */
export const AGENT_NAMESPACE = 'callboard-agent';
