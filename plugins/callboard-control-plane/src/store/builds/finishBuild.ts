import type { Knex } from 'knex';
import type { Problem } from '@callboard/plugin-callboard-common';
import { toOptionalJson } from '../json';
import type { BuildRecord } from './BuildRecord';

/** Records the result of a build. @returns false when it had ended before: its result is kept */
export async function finishBuild(
  tx: Knex.Transaction,
  build: Pick<BuildRecord, 'app' | 'position'>,
  end: { state: 'succeeded' | 'failed'; problem?: Problem; at: Date },
): Promise<boolean> {
  const finished = await tx('builds')
    .where({ app: build.app, position: build.position, state: 'pending' })
    .update({
      state: end.state,
      finished_at: end.at.getTime(),
      problem: toOptionalJson(end.problem),
    });
  return finished > 0;
}
