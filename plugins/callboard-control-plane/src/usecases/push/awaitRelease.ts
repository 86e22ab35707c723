import {
  type Problem,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type { ChangeListener, FactReader } from '../../reconcile/roles';
import { findBuild, findReleases } from '../../store';
import { listenFor } from './listenFor';

/**
 * Waits until a pushed commit has become a release. Only reads: any caller may
 * repeat it at any time, and gets the same answer.
 *
 * @param signal - how long the caller waits
 * @returns its number; for a commit that was pushed again the first one
 */
export async function awaitRelease(
  push: { app: string; commit: string },
  context: FactReader & ChangeListener,
  signal: AbortSignal,
): Promise<Result<number>> {
  const { app, commit } = push;
  const { knex } = context.deps;
  const changes = listenFor(app, context);
  try {
    for (;;) {
      const release = (await findReleases(knex, app, { commit })).at(-1);
      if (release) return ok(release.number);
      const build = await findBuild(knex, app, commit);
      if (build?.problem) return failed(build.problem);
      if (signal.aborted) return failed(notMadeYet(app));
      await changes.next(signal);
    }
  } finally {
    changes.stop();
  }
}

function notMadeYet(app: string): Problem {
  return {
    code: 'release-not-made-yet',
    what: `Cannot say the number of the new release of "${app}" yet`,
    why: 'it is recorded, and those before it are made first',
    next: 'Send the same request again, with the same Idempotency-Key, or see the page of the app',
    transient: true,
  };
}
