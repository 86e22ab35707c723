import {
  type Problem,
  type ScoreWorkload,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import {
  CURRENT_RENDERER,
  buildFolderOf,
  resolveEnvironments,
} from '@callboard/plugin-callboard-core';
import type { BuildOutput } from '@callboard/plugin-callboard-node';
import {
  type BuildRecord,
  type Images,
  type ReleaseContent,
  type RevisionRecord,
  closeRemovedImage,
  findEnvironmentRelease,
  findNextBuild,
  findRevisionAt,
  finishBuild,
  insertRelease,
  lockApp,
  setEnvironmentRelease,
  startBuild,
} from '../../store';
import { LEADER_LEASE } from '../LeaseKeeper';
import type { Outcome, Run } from '../queue';
import { record } from '../record';
import type { FactReader, LeasedRecorder, ReleaseBuilder } from '../roles';
import { titleOfEnvironment } from '../placing/findEnvironment';
import { openBuildLog } from './openBuildLog';
import { buildPartsOf, identifyParts } from './buildParts';
import { builtImages } from './builtImages';
import { FailedTries } from './FailedTries';
import { findBuilt } from './findBuilt';
import { readReleaseFiles } from './releaseFiles';
import { parseBuilders } from './builders';
import { runBuilds } from './runBuilds';

const MOST_TRIES = 3; // with the pauses between them, enough for a transient failure to pass
const failedTries = new FailedTries();

/**
 * Builds the oldest waiting revision of an app and releases it to the first
 * environment. Builds of one app run one after the other, in the order of the
 * pushes; a build that was cut short starts again.
 */
export async function reconcileBuild(
  app: string,
  context: ReleaseBuilder,
  run: Run,
): Promise<Outcome> {
  // observe
  const { deps } = context;
  const build = await findNextBuild(deps.knex, app);
  if (!context.leases.holds(LEADER_LEASE) || !build) return { kind: 'settled' };
  const end = await context.imageTurns.acquire(app);
  try {
    return await buildNext(build, context, run);
  } finally {
    end();
  }
}

async function buildNext(
  build: BuildRecord,
  context: ReleaseBuilder,
  run: Run,
): Promise<Outcome> {
  const { deps } = context;
  const revision = await findRevisionAt(deps.knex, build);
  if (!revision)
    throw new Error(`Build of "${build.app}" has no revision ${build.commit}`);
  await startBuild(deps.knex, build, deps.clock.now());
  context.changes.notify({ kind: 'app', name: build.app });

  // act
  const content = await makeContent(context, build, { ...run, revision }).catch(
    error => describeUnexpected(error, build, context),
  );
  if (content.ok || !content.problem.transient) failedTries.forget(build);
  if (!content.ok && content.problem.transient)
    return { kind: 'retry', problem: content.problem };
  if (run.signal.aborted && !content.ok && context.isStopping())
    return { kind: 'settled' };

  // record
  await (content.ok
    ? recordRelease(context, build, { revision, content: content.value })
    : recordFailure(context, build, { revision, problem: content.problem }));
  return { kind: 'again', afterMs: 0, because: 'the next push may wait' };
}

/** An unexpected error may be transient; one that recurs fails the build. */
function describeUnexpected(
  error: unknown,
  build: BuildRecord,
  { deps, isStopping }: ReleaseBuilder,
): { ok: false; problem: Problem } {
  deps.logger.error(
    `the build of ${build.app} at ${build.commit} met an unexpected error`,
    error as Error,
  );
  const tries = isStopping() ? 0 : failedTries.note(build);
  const { code } = error as { code?: unknown };
  return failed({
    code: 'build-broken',
    what: `Cannot build "${build.app}"`,
    why: `the builder met an error that it does not know${
      typeof code === 'string' ? ` (${code})` : ''
    }, ${tries} times`,
    next: 'Push again; if it persists, give the platform team the time of this push: the log of the portal says more',
    transient: tries < MOST_TRIES,
  });
}

async function makeContent(
  context: ReleaseBuilder,
  build: BuildRecord,
  { revision, signal, setQuiet }: Run & { revision: RevisionRecord },
): Promise<
  { ok: true; value: ReleaseContent } | { ok: false; problem: Problem }
> {
  const { appFile, workloads, origin } = revision.spec;
  const files = await readReleaseFiles(
    context.deps.revisions,
    revision,
    workloads,
  );
  if (!files.ok) return files;
  const parts = buildPartsOf(workloads, appFile?.spec.build);
  const folders = await identifyParts(parts, build, context.deps.revisions);
  if (!folders.ok) return folders;
  const before = await findBuilt(context.deps.knex, build);
  const log = openBuildLog(build, context);
  const built = before
    ? ok(before)
    : await runBuilds({ ...context.deps, timers: context.timers }, build, {
        parts,
        identities: folders.value,
        signal,
        setQuiet,
        onOutput: line => log.add(line),
      }).finally(() => log.end());
  if (!built.ok) return built;
  const [first] = parseBuilders(build.builder);
  const evidence = Object.values(built.value).flatMap(
    output => output.evidence ?? [],
  );
  const warnings = new Set(
    Object.values(built.value).flatMap(output => output.warnings ?? []),
  );
  const lockfile = Object.values(built.value).find(
    output => output.lockfile,
  )?.lockfile;
  return {
    ok: true,
    value: {
      ...(appFile && { appFile }),
      workloads,
      images: imagesOf(workloads, built.value[first]),
      ...(first in built.value && {
        imagesBy: Object.fromEntries(
          Object.entries(built.value).map(([name, output]) => [
            name,
            imagesOf(workloads, output),
          ]),
        ),
      }),
      ...(parts.some(({ folder }) => folder !== '.') && {
        folders: folders.value,
      }),
      ...(evidence.length > 0 && { evidence }),
      ...(warnings.size > 0 && { warnings: [...warnings] }),
      ...(lockfile && { lockfile }),
      ...(origin && { origin }),
      files: files.value,
    },
  };
}

/** Images that are named, and those that were built. */
function imagesOf(
  workloads: readonly ScoreWorkload[],
  built: BuildOutput | undefined,
): Images {
  return Object.fromEntries(
    workloads.map(({ metadata, containers }) => [
      metadata.name,
      Object.fromEntries(
        Object.entries(containers).map(([container, { image }]) => [
          container,
          buildFolderOf(image) === undefined
            ? image
            : built!.images[metadata.name][container],
        ]),
      ),
    ]),
  );
}

async function recordRelease(
  context: LeasedRecorder,
  build: BuildRecord,
  { revision, content }: { revision: RevisionRecord; content: ReleaseContent },
): Promise<void> {
  const { app, commit, position } = build;
  const { message, author, pushedBy } = revision;
  const at = context.deps.clock.now();
  await record(
    context,
    context.leases.prove(LEADER_LEASE),
    async (tx, { journal, signal, wake }) => {
      await lockApp(tx, app);
      if (!(await finishBuild(tx, build, { state: 'succeeded', at }))) return;
      for (const { image } of builtImages(content))
        await closeRemovedImage(tx, image, at);
      const number = await insertRelease(tx, {
        app,
        commit,
        position,
        message,
        author,
        createdBy: pushedBy,
        createdAt: at,
        renderer: CURRENT_RENDERER,
        content,
      });
      journal({
        at,
        actor: pushedBy,
        action: 'release.created',
        app,
        release: number,
        message: `Release ${number} of ${app} was made of "${message}"`,
        after: { revision: commit, images: content.images },
      });
      signal({ kind: 'app', name: app });

      const first = firstEnvironment(context, content);
      if (first === undefined) return;
      const current = await findEnvironmentRelease(tx, {
        app,
        environment: first,
      });
      if (current && current.release > number) return; // a later push came first
      await setEnvironmentRelease(
        tx,
        { app, environment: first, release: number, by: pushedBy },
        at,
      );
      journal({
        at,
        actor: pushedBy,
        action: 'release.deployed',
        app,
        environment: first,
        release: number,
        message: `Release ${number} of ${app} goes to ${titleOfEnvironment(
          context.deps.platform.environments,
          first,
        )}`,
        why: 'a push releases to the first environment',
        before: current && { release: current.release },
        after: { release: number },
      });
      wake({ kind: 'placement', app, environment: first });
    },
  );
}

async function recordFailure(
  context: LeasedRecorder,
  build: BuildRecord,
  { revision, problem }: { revision: RevisionRecord; problem: Problem },
): Promise<void> {
  const { app, commit } = build;
  const at = context.deps.clock.now();
  await record(
    context,
    context.leases.prove(LEADER_LEASE),
    async (tx, { journal, signal }) => {
      if (!(await finishBuild(tx, build, { state: 'failed', problem, at })))
        return;
      journal({
        at,
        actor: 'system:build',
        action: 'build.failed',
        app,
        message: `The build of "${revision.message}" failed`,
        why: `${problem.what}: ${problem.why}`,
        after: { revision: commit, problem: problem.code },
      });
      signal({ kind: 'app', name: app });
    },
  );
}

function firstEnvironment(
  context: FactReader,
  content: ReleaseContent,
): string | undefined {
  const environments = resolveEnvironments(
    [...context.deps.platform.environments],
    content.appFile,
  );
  return environments.ok ? environments.value[0]?.name : undefined;
}
