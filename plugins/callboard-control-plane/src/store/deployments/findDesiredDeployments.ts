import type { Knex } from 'knex';

/** Where an app shall run. */
export interface DesiredDeploymentRow {
  app: string;
  environment: string;
  cluster: string;
  release: number;
  /** Replicas of each workload, where they are divided. */
  replicas?: number;
}

/** Where all apps shall run now, without their state: capacity is computed from this. */
export async function findDesiredDeployments(
  tx: Knex,
): Promise<DesiredDeploymentRow[]> {
  const rows = (await tx('deployments')
    .where({ kind: 'app' })
    .whereNull('valid_to')
    .whereNotNull('desired_release')
    .orderBy('subject')
    .select(
      'name',
      'environment',
      'cluster',
      'desired_release',
      'desired_replicas',
    )) as Array<{
    name: string;
    environment: string;
    cluster: string;
    desired_release: number;
    desired_replicas: number | null;
  }>;
  return rows.map(row => ({
    app: row.name,
    environment: row.environment,
    cluster: row.cluster,
    release: row.desired_release,
    ...(row.desired_replicas !== null && { replicas: row.desired_replicas }),
  }));
}
