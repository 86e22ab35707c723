import type { Knex } from 'knex';

/** A cluster on which a release of an app was observed healthy. */
export interface HealthyCluster {
  environment: string;
  release: number;
  cluster: string;
}

/**
 * Clusters on which releases of an app were ever observed Healthy, up to an
 * instant. Observations of another release do not count.
 */
export async function findHealthyClusters(
  tx: Knex,
  { app, at }: { app: string; at?: Date },
): Promise<HealthyCluster[]> {
  const subjects = tx('subjects')
    .where({ fact: 'deployments', app })
    .select('subject');
  const query = tx('deployments')
    .whereIn('subject', subjects)
    .where({ kind: 'app', health: 'Healthy', sync: 'Synced' })
    .whereNotNull('desired_release')
    .where(same =>
      same
        .whereNull('observed_release')
        .orWhere('observed_release', tx.ref('desired_release')),
    )
    .distinct('environment', 'desired_release as release', 'cluster')
    .orderBy(['environment', 'release', 'cluster']);
  if (at) query.where('valid_from', '<=', at.getTime());
  return query;
}
