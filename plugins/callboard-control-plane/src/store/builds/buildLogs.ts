import type { Knex } from 'knex';
import { fromOptionalJson } from '../json';
import type { BuildRecord } from './BuildRecord';

/** What is kept of a build's output. */
export interface BuildLogLines {
  /** Its first lines. */
  head: string[];
  /** Its last lines. */
  tail: string[];
  /** Lines between them that are not kept. */
  leftOut: number;
}

type BuildKey = Pick<BuildRecord, 'app' | 'position'>;

const MOST_KEPT = 50; // builds of an app

/** Keeps what a build said so far, and forgets what builds long before it said. */
export async function saveBuildLog(
  tx: Knex,
  { app, position }: BuildKey,
  lines: BuildLogLines,
): Promise<void> {
  await tx('build_logs')
    .insert({ app, position, lines: JSON.stringify(lines) })
    .onConflict(['app', 'position'])
    .merge();
  const [oldest] = (await tx('build_logs')
    .where({ app })
    .orderBy('position', 'desc')
    .offset(MOST_KEPT)
    .limit(1)
    .select('position')) as Array<{ position: number }>;
  if (oldest)
    await tx('build_logs')
      .where({ app })
      .where('position', '<=', oldest.position)
      .del();
}

/** What a build said; undefined where it said nothing yet, or where that is not kept. */
export async function findBuildLog(
  tx: Knex,
  { app, position }: BuildKey,
): Promise<BuildLogLines | undefined> {
  const row = (await tx('build_logs').where({ app, position }).first()) as
    | { lines: string }
    | undefined;
  return row && fromOptionalJson<BuildLogLines>(row.lines);
}

/** Forgets what all builds of an app said. */
export async function deleteBuildLogs(
  tx: Knex.Transaction,
  app: string,
): Promise<void> {
  await tx('build_logs').where({ app }).del();
}
