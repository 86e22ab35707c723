import type { Knex } from 'knex';

/** That an app shall run somewhere. */
export interface WantedPlace {
  app: string;
  environment: string;
  cluster: string;
  release: number;
}

/** Where all apps shall run now, and nothing of how they are: what room is counted from. */
export async function findWantedPlaces(tx: Knex): Promise<WantedPlace[]> {
  const rows = (await tx('deployments')
    .where({ kind: 'app' })
    .whereNull('valid_to')
    .whereNotNull('desired_release')
    .orderBy('subject')
    .select('name', 'environment', 'cluster', 'desired_release')) as Array<{
    name: string;
    environment: string;
    cluster: string;
    desired_release: number;
  }>;
  return rows.map(({ name, environment, cluster, desired_release }) => ({
    app: name,
    environment,
    cluster,
    release: desired_release,
  }));
}
