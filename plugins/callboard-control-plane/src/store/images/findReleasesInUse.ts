import type { Knex } from 'knex';
import type {
  DeploymentRow,
  EnvironmentReleaseRow,
  RolloutRow,
} from '../tables';

/**
 * Numbers of the releases of an app that run somewhere, are desired somewhere,
 * or are the target of an environment's rollback: the one before the desired
 * one, and the one before the newest rollout. An environment that the app left
 * has no rollback target.
 */
export async function findReleasesInUse(
  tx: Knex,
  app: string,
): Promise<Set<number>> {
  const inUse = new Set<number>();
  const rows = (await tx('environment_releases')
    .where({ app })
    .orderBy('valid_from', 'desc')
    .select('environment', 'release', 'valid_to')) as Array<
    Pick<EnvironmentReleaseRow, 'environment' | 'release' | 'valid_to'>
  >;
  const newest = new Map<string, number>();
  const left = new Set<string>();
  for (const { environment, release, valid_to: until } of rows) {
    const seen = newest.get(environment) ?? 0;
    if (seen === 0 && until !== null) left.add(environment);
    if (left.has(environment)) continue;
    if (seen < 2) inUse.add(release); // the desired one and the one before
    newest.set(environment, seen + 1);
  }
  const deployments = (await tx('deployments')
    .where({ kind: 'app', name: app })
    .whereNull('valid_to')
    .select('desired_release', 'observed_release')) as Array<
    Pick<DeploymentRow, 'desired_release' | 'observed_release'>
  >;
  const rollouts = (await tx('rollouts')
    .where({ app })
    .whereNull('valid_to')
    .select('release', 'release_before')) as Array<
    Pick<RolloutRow, 'release' | 'release_before'>
  >;
  for (const release of [
    ...deployments.flatMap(row => [row.desired_release, row.observed_release]),
    ...rollouts.flatMap(row => [row.release, row.release_before]),
  ])
    if (release !== null) inUse.add(release);
  return inUse;
}
