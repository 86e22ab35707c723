import { type Result, failed, ok } from '@callboard/plugin-callboard-common';
import { findApp, findRelease } from '../../store';
import type { ChangeListener, Timekeeper } from '../../reconcile/roles';
import type { PushStep } from '../ControlPlane';
import { appMissing, releaseMissing } from '../problems';
import type { ReadContext } from '../read/SnapshotCache';
import { followPush } from './followPush';

/** Follows the push that became a release; @see followPush */
export async function followRelease(
  of: { app: string; release: number },
  context: ReadContext & ChangeListener & Timekeeper,
  signal: AbortSignal,
): Promise<Result<AsyncGenerator<PushStep>>> {
  const { app, release: number } = of;
  const { knex } = context.deps;
  const release = await findRelease(knex, app, number);
  if (!release)
    return failed(
      (await findApp(knex, app)) ? releaseMissing(of) : appMissing(app),
    );
  const { commit } = release;
  return ok(followPush({ app, commit }, context, signal));
}
