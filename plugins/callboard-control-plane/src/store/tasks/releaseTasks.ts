import type { Knex } from 'knex';
import type { ReleaseTaskRow } from '../tables';

/** Identifies the tasks of a release of an app in an environment. */
export interface TasksOf {
  app: string;
  environment: string;
  release: number;
}

/** A task that was started. */
export interface ReleaseTaskRecord {
  workload: string;
  /** Where it runs. */
  cluster: string;
  hasSucceeded: boolean;
}

/** Tasks of a release that were started in an environment. */
export async function findReleaseTasks(
  tx: Knex,
  { app, environment, release }: TasksOf,
): Promise<ReleaseTaskRecord[]> {
  const rows = (await tx('release_tasks')
    .where({ app, environment, release })
    .orderBy('workload')
    .select('workload', 'cluster', 'succeeded_at')) as Array<
    Pick<ReleaseTaskRow, 'workload' | 'cluster' | 'succeeded_at'>
  >;
  return rows.map(({ workload, cluster, succeeded_at }) => ({
    workload,
    cluster,
    hasSucceeded: succeeded_at !== null,
  }));
}

/** Records that a cluster runs a task. Of concurrent starts the first one wins. */
export async function startReleaseTask(
  tx: Knex.Transaction,
  {
    app,
    environment,
    release,
    workload,
    cluster,
  }: TasksOf & { workload: string; cluster: string },
  at: Date,
): Promise<void> {
  await tx('release_tasks')
    .insert({
      app,
      environment,
      release,
      workload,
      cluster,
      started_at: at.getTime(),
      succeeded_at: null,
    })
    .onConflict(['app', 'environment', 'release', 'workload'])
    .ignore();
}

/** Moves an unfinished task to another cluster: its previous cluster does not run the release any more. */
export async function moveReleaseTask(
  tx: Knex.Transaction,
  {
    app,
    environment,
    release,
    workload,
    from,
    to,
  }: TasksOf & { workload: string; from: string; to: string },
  at: Date,
): Promise<void> {
  await tx('release_tasks')
    .where({ app, environment, release, workload, cluster: from })
    .whereNull('succeeded_at')
    .update({ cluster: to, started_at: at.getTime() });
}

/** Records that a task succeeded. @returns false when that was recorded before */
export async function finishReleaseTask(
  tx: Knex.Transaction,
  { app, environment, release, workload }: TasksOf & { workload: string },
  at: Date,
): Promise<boolean> {
  const changed = await tx('release_tasks')
    .where({ app, environment, release, workload })
    .whereNull('succeeded_at')
    .update({ succeeded_at: at.getTime() });
  return changed > 0;
}
