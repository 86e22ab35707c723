import type { Knex } from 'knex';
import {
  type DeploymentKey,
  type DeploymentRecord,
  findDeployments,
  saveDeployment,
} from '../../store';
import type { Consequences } from '../record';
import { NOTHING_YET, arriving, leaving } from './deploymentStates';

/** Which release each cluster shall have; those that are not named shall have none. */
export type DesiredReleases = ReadonlyMap<string, number>;

/** The same release on all of these clusters. */
export function onAll(
  clusters: readonly string[],
  release: number,
): DesiredReleases {
  return new Map(clusters.map(cluster => [cluster, release]));
}

/**
 * Says to every deployment of an environment which release it shall have. What
 * has it already is left alone.
 *
 * @param afresh - clusters that are told again: what was known of them counts no more
 */
export async function wantReleases(
  tx: Knex.Transaction,
  wish: {
    app: string;
    environment: string;
    desired: DesiredReleases;
    afresh?: readonly string[];
    now: Date;
  },
  { wake, signal }: Pick<Consequences, 'wake' | 'signal'>,
): Promise<void> {
  const { app, environment, desired, afresh = [], now } = wish;
  const existing = await findByCluster(tx, { app, environment });
  for (const cluster of new Set([...desired.keys(), ...existing.keys()])) {
    const key: DeploymentKey = { kind: 'app', app, environment, cluster };
    const before = existing.get(cluster)?.state;
    const release = desired.get(cluster);
    if (
      before &&
      before.desiredRelease === release &&
      !afresh.includes(cluster)
    )
      continue;
    const state =
      release === undefined
        ? leaving(before ?? NOTHING_YET)
        : arriving(before ?? NOTHING_YET, release);
    if (await saveDeployment(tx, { key, name: app, state }, now))
      signal({ kind: 'app', name: app });
    wake({ kind: 'delivery', key });
  }
}

/** Deployments of one environment of an app, by cluster. */
export async function findByCluster(
  tx: Knex,
  { app, environment }: { app: string; environment: string },
): Promise<Map<string, DeploymentRecord>> {
  const deployments = await findDeployments(tx, { app });
  return new Map(
    deployments.flatMap(deployment =>
      deployment.key.kind === 'app' &&
      deployment.key.environment === environment
        ? [[deployment.key.cluster, deployment] as const]
        : [],
    ),
  );
}
