export { isOlderVersion } from './isOlderVersion';
export {
  type AgentInFleet,
  type UpgradePlan,
  planAgentUpgrades,
} from './planAgentUpgrades';
