import type { Knex } from 'knex';
import type { BuildRecord } from './BuildRecord';

/** Records when a build started; one that is restarted after a crash keeps its first start. */
export async function startBuild(
  tx: Knex,
  build: Pick<BuildRecord, 'app' | 'position'>,
  at: Date,
): Promise<void> {
  await tx('builds')
    .where({ app: build.app, position: build.position, state: 'pending' })
    .whereNull('started_at')
    .update({ started_at: at.getTime() });
}
