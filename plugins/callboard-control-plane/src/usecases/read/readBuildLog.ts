import {
  type BuildLog,
  type Problem,
  type Result,
  countOf,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import { maskSecretsOf } from '../../reconcile/settings/maskSecrets';
import { inTurns } from '../../reconcile/inTurns';
import type { FactReader, SecretMasker } from '../../reconcile/roles';
import { findApp, findBuild, findBuildLog } from '../../store';
import { LineMask } from '../output/LineMask';
import { appMissing } from '../problems';

/** Output of the newest build of a revision so far, with secrets masked. */
export async function readBuildLog(
  { app, revision }: { app: string; revision: string },
  context: FactReader & SecretMasker,
): Promise<Result<BuildLog>> {
  const { knex } = context.deps;
  if (!(await findApp(knex, app))) return failed(appMissing(app));
  const build = await findBuild(knex, app, revision);
  if (!build) return failed(buildMissing(app, revision));
  const kept = await findBuildLog(knex, build);
  if (!kept && build.state !== 'pending') return failed(logMissing(build));
  const { head, tail, leftOut } = kept ?? { head: [], tail: [], leftOut: 0 };
  const mask = await maskSecretsOf(app, context);
  const lines = await inTurns(
    new LineMask().hide(
      leftOut === 0
        ? [...head, ...tail]
        : [...head, `… ${countOf(leftOut, 'line')} left out`, ...tail],
      mask,
    ),
  );
  return ok({
    revision,
    state: build.state === 'pending' ? 'building' : build.state,
    lines,
    leftOut,
  });
}

function buildMissing(app: string, revision: string): Problem {
  return {
    code: 'build-log-missing',
    what: `Cannot show what the build of ${short(revision)} said`,
    why: `nothing was built of that revision of "${app}"`,
    next: 'Choose a release on the page of the app',
    transient: false,
  };
}

function logMissing({ commit }: { commit: string }): Problem {
  return {
    code: 'build-log-missing',
    what: `Cannot show what the build of ${short(commit)} said`,
    why: 'it said nothing, or more than 50 builds came after it',
    next: 'Push its commit again to build it again',
    transient: false,
  };
}

function short(revision: string): string {
  return revision.slice(0, 7);
}
