import type { Knex } from 'knex';

/**
 * Lets nobody else step the rollout of an environment until the transaction
 * ends: a person's word and what was observed never overwrite each other.
 *
 * The row of `environment_releases` in `subjects` is locked, for it is there
 * before the first rollout and is never closed. What is read must be read
 * after this.
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

/** The same for every environment that an app was ever in. */
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
