import type { Knex } from 'knex';
import { fromOptionalJson } from '../json';
import type { BuildRecord } from './BuildRecord';

/** The kept part of a build's output. */
export interface BuildLogLines {
  /** Its first lines. */
  head: string[];
  /** Its last lines. */
  tail: string[];
  /** Number of lines between them that are not kept. */
  leftOut: number;
}

type BuildKey = Pick<BuildRecord, 'app' | 'position'>;

const MOST_KEPT = 50; // builds of an app

/** Keeps the output of a build so far, and deletes the output of old builds. */
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

/** Output of a build; undefined where there is none yet, or where it is not kept. */
export async function findBuildLog(
  tx: Knex,
  { app, position }: BuildKey,
): Promise<BuildLogLines | undefined> {
  const row = (await tx('build_logs').where({ app, position }).first()) as
    | { lines: string }
    | undefined;
  return row && fromOptionalJson<BuildLogLines>(row.lines);
}

/** Deletes the output of all builds of an app. */
export async function deleteBuildLogs(
  tx: Knex.Transaction,
  app: string,
): Promise<void> {
  await tx('build_logs').where({ app }).del();
}
