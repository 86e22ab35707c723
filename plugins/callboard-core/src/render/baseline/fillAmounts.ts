import type {
  ScoreContainer,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';
import { hasBaseline } from '../renderers';

/** Of containers that say nothing: small, so that they fit, and enough that the scheduler does not put a hundred on one node. */
const DEFAULT_REQUESTS = { cpu: '50m', memory: '64Mi' };
/** Memory is what one container takes from all others of its node. CPU has no limit: one that is idle is of no use to anybody. */
const DEFAULT_MEMORY_LIMIT = '512Mi';

/**
 * A workload as it is rendered and as placement counts it: of each resource that
 * a container says nothing of, the default is requested. Who writes a request or
 * a limit decides about that resource alone.
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
