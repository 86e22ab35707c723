import type { DeploymentRecord } from '../../store';

/**
 * Whether what leaves a cluster must stay until it is replaced: while any other
 * cluster of the same app and environment is still on its way to Healthy. An
 * app that moves is never taken down before it runs where it goes. Pure.
 *
 * @param others - all deployments of the app
 */
export function awaitsReplacement(
  { key }: Pick<DeploymentRecord, 'key'>,
  others: ReadonlyArray<Pick<DeploymentRecord, 'key' | 'state'>>,
): boolean {
  if (key.kind !== 'app') return false;
  return others.some(
    other =>
      other.key.kind === 'app' &&
      other.key.environment === key.environment &&
      other.state.desiredRelease !== undefined &&
      other.state.health.status !== 'Healthy' &&
      other.state.health.status !== 'Suspended',
  );
}
