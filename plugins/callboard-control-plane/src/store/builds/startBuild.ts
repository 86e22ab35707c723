import type { Knex } from 'knex';
import type { BuildRecord } from './BuildRecord';

/** Notes when a build began; one that is begun again after a crash keeps its first instant. */
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
