import type {
  ScoreContainer,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';
import { hasBaseline } from '../renderers';

/**
 * Requests of containers without their own: small, so that they fit, and enough
 * that the scheduler does not put a hundred on one node.
 */
const DEFAULT_REQUESTS = { cpu: '50m', memory: '64Mi' };
/**
 * Memory that one container uses is not available to others on its node. CPU
 * has no limit: unused CPU would be wasted.
 */
const DEFAULT_MEMORY_LIMIT = '512Mi';

/**
 * Returns a workload with the amounts that are rendered and that placement
 * counts: for each resource that a container leaves out, the default is
 * requested. A request or a limit replaces the default of its resource only.
 */
export function fillAmounts(
  workload: ScoreWorkload,
  renderer: number,
): ScoreWorkload {
  if (!hasBaseline(renderer)) return workload;
  return {
    ...workload,
    containers: Object.fromEntries(
      Object.entries(workload.containers).map(([name, container]) => [
        name,
        { ...container, resources: fill(container.resources) },
      ]),
    ),
  };
}

function fill({
  limits = {},
  requests = {},
}: NonNullable<ScoreContainer['resources']> = {}): ScoreContainer['resources'] {
  const saysNothingOf = (resource: 'cpu' | 'memory') =>
    limits[resource] === undefined && requests[resource] === undefined;
  return {
    limits: {
      ...limits,
      ...(saysNothingOf('memory') && { memory: DEFAULT_MEMORY_LIMIT }),
    },
    requests: {
      ...requests,
      ...(saysNothingOf('cpu') && { cpu: DEFAULT_REQUESTS.cpu }),
      ...(saysNothingOf('memory') && { memory: DEFAULT_REQUESTS.memory }),
    },
  };
}
