import type { DeploymentRecord } from '../../store';

type Deployment = Pick<DeploymentRecord, 'key' | 'state'>;

/**
 * Whether what leaves a cluster must stay until it is replaced: while any other
 * cluster of the same app and environment is still on its way to Healthy, or
 * none of them is heard of. An app that moves is never taken down before it runs
 * where it goes. Pure.
 *
 * @param others - all deployments of the app
 * @param isLive - whether a cluster is heard of; what is not counts only where nothing else is left
 */
export function awaitsReplacement(
  leaving: Pick<DeploymentRecord, 'key'>,
  others: readonly Deployment[],
  isLive: (cluster: string) => boolean,
): boolean {
  return awaitedBy(leaving, others, isLive).length > 0;
}

/** The clusters that are waited for. */
export function awaitedBy(
  { key }: Pick<DeploymentRecord, 'key'>,
  others: readonly Deployment[],
  isLive: (cluster: string) => boolean,
): string[] {
  if (key.kind !== 'app') return [];
  const wanted = others.filter(
    other =>
      other.key.kind === 'app' &&
      other.key.environment === key.environment &&
      other.state.desiredRelease !== undefined,
  );
  const live = wanted.filter(other => isLive(other.key.cluster));
  const awaited = live.length > 0 ? live.filter(isOnItsWay) : wanted;
  return awaited.map(other => other.key.cluster);
}

function isOnItsWay({ state: { health } }: Deployment): boolean {
  return health.status !== 'Healthy' && health.status !== 'Suspended';
}
