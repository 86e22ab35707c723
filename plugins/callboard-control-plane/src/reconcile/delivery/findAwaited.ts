import {
  type DeploymentRecord,
  findDeployments,
  findRollout,
} from '../../store';
import { clusterStatusOf } from '../fleet/clusterStatusOf';
import type { FleetReader } from '../roles';
import { clustersGivenUp } from '../rolling/clustersGivenUp';
import { awaitedBy } from './awaitsReplacement';

/** Returns the clusters that must run what a deployment gives up before it does; none where it may be removed. */
export async function findAwaited(
  { key }: Pick<DeploymentRecord, 'key'>,
  context: FleetReader,
): Promise<string[]> {
  if (key.kind !== 'app') return [];
  const { knex, clock } = context.deps;
  const others = (await findDeployments(knex, { app: key.app })).filter(
    other => other.key.cluster !== key.cluster,
  );
  const statuses = await clusterStatusOf(context);
  return awaitedBy({ key }, others, {
    isLive: cluster => statuses(cluster).freshness === 'live',
    givenUp: clustersGivenUp(await findRollout(knex, key), clock.now()),
  });
}
