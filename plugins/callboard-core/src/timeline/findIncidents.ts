import type { DeploymentInterval, Interval } from './types';

/** A time in which a deployment was unhealthy, from the first report until it is healthy again, replaced or gone. */
export interface Incident extends Interval {
  environment: string;
  cluster: string;
  release: number;
  status: 'Degraded' | 'Missing';
  reason: string;
}

/**
 * Finds the incidents of one deployment, oldest first. A deployment that fails
 * again before it was healthy is the same incident. Missing counts only after
 * it was healthy: before that, it has not started yet.
 *
 * @param intervals - of one deployment, oldest first
 */
export function findIncidents(
  intervals: readonly DeploymentInterval[],
): Incident[] {
  const incidents: Incident[] = [];
  let open: Incident | undefined;
  let wasHealthy = false;
  let last: DeploymentInterval | undefined;
  for (const interval of intervals) {
    const { release, status, from } = interval;
    if (last && !isContinued(last, interval)) {
      open = endAt(open, last.to ?? from);
      wasHealthy = false;
    }
    if (status === 'Healthy' || status === 'Suspended')
      open = endAt(open, from);
    wasHealthy ||= status === 'Healthy';
    const isBad = status === 'Degraded' || (status === 'Missing' && wasHealthy);
    if (isBad && release !== undefined && !open) {
      open = toIncident(interval, release, status);
      incidents.push(open);
    }
    last = interval;
  }
  endAt(open, last?.to);
  return incidents;
}

function isContinued(
  last: DeploymentInterval,
  next: DeploymentInterval,
): boolean {
  return (
    last.release === next.release && last.to?.getTime() === next.from.getTime()
  );
}

function toIncident(
  { environment, cluster, from, reason }: DeploymentInterval,
  release: number,
  status: Incident['status'],
): Incident {
  return { environment, cluster, release, status, reason, from };
}

function endAt(
  incident: Incident | undefined,
  to: Date | undefined,
): undefined {
  if (incident && to) incident.to = to;
  return undefined;
}
