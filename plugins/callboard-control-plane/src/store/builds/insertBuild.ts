import type { Knex } from 'knex';
import type { BuildRecord } from './BuildRecord';

/** Requests a build of a revision. */
export async function insertBuild(
  tx: Knex.Transaction,
  build: Pick<
    BuildRecord,
    'app' | 'commit' | 'position' | 'builder' | 'requestedAt'
  >,
): Promise<void> {
  await tx('builds').insert({
    app: build.app,
    commit: build.commit,
    position: build.position,
    state: 'pending',
    builder: build.builder,
    requested_at: build.requestedAt.getTime(),
  });
}
