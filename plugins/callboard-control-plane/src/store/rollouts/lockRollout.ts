import type { Knex } from 'knex';

/**
 * Keeps other callers from stepping the rollout of an environment until the
 * transaction ends: a person's action and an observation never overwrite each
 * other.
 *
 * It locks the row of `environment_releases` in `subjects`, which exists before
 * the first rollout and is never closed. Reads must come after this call.
 */
export async function lockRollout(
  tx: Knex.Transaction,
  { app, environment }: { app: string; environment: string },
): Promise<void> {
  await tx('subjects')
    .where({
      fact: 'environment_releases',
      subject: `${app}/${environment}`,
    })
    .forUpdate()
    .first('subject');
}

/** The same for all environments that an app was ever in. */
export async function lockRolloutsOf(
  tx: Knex.Transaction,
  app: string,
): Promise<void> {
  await tx('subjects')
    .where({ fact: 'environment_releases', app })
    .orderBy('subject')
    .forUpdate()
    .select('subject');
}
