import type { Knex } from 'knex';
import { type DeploymentKey, findDeployments, findKeptData } from '../../store';

/** Finds everything to deliver: deployments, and requested deletions of data whose app has left. */
export async function findDeliveries(
  knex: Knex,
  filter: { app?: string; cluster?: string } = {},
): Promise<DeploymentKey[]> {
  const deployments = await findDeployments(knex, filter);
  const deletions = (await findKeptData(knex, filter)).filter(
    ({ deletion }) => deletion !== undefined,
  );
  return [
    ...deployments.map(({ key }) => key),
    ...deletions.map(
      ({ app, environment, cluster }): DeploymentKey => ({
        kind: 'app',
        app,
        environment,
        cluster,
      }),
    ),
  ];
}
