import { type FleetSnapshot, environmentKey } from './FleetSnapshot';

/**
 * Addresses of an app in an environment: at the clusters where it is Healthy,
 * or, while there is none, wherever an instance of any release is ready.
 *
 * @returns one address of each cluster
 */
export function findAddresses(
  of: { app: string; environment: string },
  { deployments, clusterStatusOf }: FleetSnapshot,
): string[] {
  const ready = (deployments.get(environmentKey(of)) ?? []).filter(
    ({ key, state }) =>
      (state.instances.ready > 0 || (state.serving?.ready ?? 0) > 0) &&
      state.urls.length > 0 &&
      clusterStatusOf(key.cluster).freshness !== 'unreachable',
  );
  const healthy = ready.filter(
    ({ state }) => state.health.status === 'Healthy',
  );
  return (healthy.length > 0 ? healthy : ready).map(
    ({ state }) => state.urls[0],
  );
}
