import type { DeploymentRecord } from '../../store';

type Deployment = Pick<DeploymentRecord, 'key' | 'state'>;

/**
 * Whether a deployment that leaves a cluster must stay until it is replaced:
 * while any other cluster of the same app and environment is still on its way
 * to Healthy, or none of them is in contact. An app that moves is never taken
 * down before it runs at its destination. Clusters where a halted rollout
 * failed are not awaited, as long as the app runs elsewhere: it failed there
 * before anything had to leave. Pure.
 *
 * @param others - all deployments of the app
 */
export function awaitsReplacement(
  terminating: Pick<DeploymentRecord, 'key'>,
  others: readonly Deployment[],
  known: KnownOfClusters,
): boolean {
  return awaitedBy(terminating, others, known).length > 0;
}

export interface KnownOfClusters {
  /** Whether a cluster is in contact; a lost one counts only where nothing else is left. */
  isLive(cluster: string): boolean;
  /** Clusters where the app's rollout failed and does not continue by itself. */
  givenUp?: ReadonlySet<string>;
}

/** Returns the clusters that are awaited. */
export function awaitedBy(
  { key }: Pick<DeploymentRecord, 'key'>,
  others: readonly Deployment[],
  { isLive, givenUp }: KnownOfClusters,
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
  const runsElsewhere = awaited.length < live.length;
  return awaited
    .map(other => other.key.cluster)
    .filter(cluster => !(runsElsewhere && givenUp?.has(cluster)));
}

function isOnItsWay({ state: { health } }: Deployment): boolean {
  return health.status !== 'Healthy' && health.status !== 'Suspended';
}
