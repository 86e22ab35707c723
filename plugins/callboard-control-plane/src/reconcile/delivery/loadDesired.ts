import type { Result } from '@callboard/plugin-callboard-common';
import { type DeploymentRecord, findRelease } from '../../store';
import type { ClusterAtWork } from '../fleet/Fleet';
import type { ReconcileContext } from '../ReconcileContext';
import type { DesiredDelivery } from './DesiredDelivery';
import { renderApp, renderBlueprintOf } from './renderDelivery';

/** What a cluster shall hold for a deployment that is wanted there. `name`: of the blueprint, which a cluster may change. */
export async function loadDesired(
  { key, state }: DeploymentRecord,
  cluster: ClusterAtWork,
  { deps }: ReconcileContext,
): Promise<Result<DesiredDelivery & { name?: string }>> {
  const { platform, builders, defaultBuilder } = deps;
  if (key.kind === 'blueprint')
    return renderBlueprintOf(cluster.record, platform);
  const release = await findRelease(deps.knex, key.app, state.desiredRelease!);
  if (!release)
    throw new Error(
      `Release ${state.desiredRelease} of "${key.app}" is wanted and not recorded`,
    );
  return renderApp(key, {
    release,
    cluster: cluster.record,
    platform,
    builders,
    defaultBuilder,
    pullCredentials: deps.pullCredentials?.() ?? [],
  });
}
