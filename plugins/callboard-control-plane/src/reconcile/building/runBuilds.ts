import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type BuildSettings,
  type Problem,
  type Result,
  type ScoreWorkload,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type { BuildOutput, Builder } from '@callboard/plugin-callboard-node';
import type { ReleaseBuilder } from '../roles';
import type { BuildRecord } from '../../store';
import type { Timers } from '../../Timers';
import type { Run } from '../queue';
import { builderMissing, parseBuilders } from './builders';
import type { BuildPart } from './buildParts';
import { findBuiltPart, readBuiltBefore } from './findBuiltPart';

/** Outputs of the builders for a revision, by the builder's name. */
export type Built = Record<string, BuildOutput>;

/**
 * Builds the images of a revision, once with every builder that an environment
 * needs, each folder in a fresh one, which is always removed. The first failure
 * ends it. A folder that is built separately, and that is unchanged since an
 * earlier release, keeps its image.
 *
 * @param task.identities - of folders, from `identifyParts`
 */
export async function runBuilds(
  deps: BuildDeps,
  build: BuildRecord,
  task: Run & {
    parts: readonly BuildPart[];
    identities: Readonly<Record<string, string>>;
    onOutput(line: string): void;
  },
): Promise<Result<Built>> {
  const { parts, identities, ...run } = task;
  const built: Built = {};
  if (parts.length === 0) return ok(built);
  const isByFolder = Object.keys(identities).length > 0;
  const before = isByFolder && (await readBuiltBefore(deps.knex, build));
  for (const name of parseBuilders(build.builder)) {
    const builder = deps.builders.find(each => each.name === name);
    if (!builder) return failed(builderMissing(name));
    const outputs: BuildOutput[] = [];
    for (const part of parts) {
      const known =
        before &&
        findBuiltPart(before, {
          part,
          builder: name,
          identity: identities[part.folder],
        });
      const where = part.folder === '.' ? '' : `${part.folder}, `;
      task.onOutput(`# ${where}built by ${name}`);
      if (known) task.onOutput('As in an earlier release: its image is kept');
      const output = known
        ? ok(known)
        : await runBuild(deps, build, { ...run, ...part, builder });
      if (!output.ok) return inFolder(part.folder, output);
      outputs.push(output.value);
    }
    built[name] = together(outputs);
  }
  return ok(built);
}

type BuildDeps = ReleaseBuilder['deps'] & { timers: Timers };

function together(outputs: readonly BuildOutput[]): BuildOutput {
  const images: BuildOutput['images'] = {};
  for (const output of outputs)
    for (const [workload, its] of Object.entries(output.images))
      images[workload] = { ...images[workload], ...its };
  const evidence = outputs.flatMap(output => output.evidence ?? []);
  const warnings = outputs.flatMap(output => output.warnings ?? []);
  const lockfile = outputs.find(output => output.lockfile)?.lockfile;
  return {
    images,
    ...(evidence.length > 0 && { evidence }),
    ...(warnings.length > 0 && { warnings }),
    ...(lockfile && { lockfile }),
  };
}

/** Names the folder in the problem, where there are several. */
export function inFolder<R extends { ok: false; problem: Problem }>(
  folder: string,
  refusal: R,
): R {
  if (folder === '.') return refusal;
  const { problem } = refusal;
  return {
    ...refusal,
    problem: { ...problem, what: `${problem.what} in ${folder}` },
  };
}

const QUIET_MS = 2_000; // without output; a build that computes prints something sooner or later

async function runBuild(
  deps: BuildDeps,
  build: BuildRecord,
  task: Run & {
    builder: Builder;
    onOutput(line: string): void;
  } & BuildPart,
): Promise<Result<BuildOutput>> {
  const folder = join(deps.workFolder, deps.newId());
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    const exported = await deps.revisions.exportTo(
      build.app,
      build.commit,
      folder,
      task.folder,
    );
    if (!exported.ok) return exported;
    return await buildIn(task.builder, build, {
      ...deps,
      ...task,
      path: task.folder,
      folder,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function buildIn(
  builder: Builder,
  { app, commit }: BuildRecord,
  task: Run & {
    workloads: ScoreWorkload[];
    settings?: BuildSettings;
    path: string;
    folder: string;
    onOutput(line: string): void;
    logger: ReleaseBuilder['deps']['logger'];
    timers: Timers;
  },
): Promise<Result<BuildOutput>> {
  const { workloads, settings, signal, path, folder, logger } = task;
  const quiet = watchQuiet(task);
  const built = builder.build({
    app,
    revision: commit,
    path,
    folder,
    workloads,
    ...(settings && { settings }),
    signal,
    onOutput: line => {
      quiet.heard();
      task.onOutput(line);
      logger.debug('build output', { app, line: line.slice(0, 500) });
    },
  });
  const output = await Promise.race([built, whenAborted(signal)]).finally(
    quiet.end,
  );
  if (output === 'aborted') return failed(buildTooSlow());
  return output.ok ? checkImages(output.value, workloads) : output;
}

/** Reports when a build has printed nothing for a while, and when it prints again. */
function watchQuiet({
  timers,
  setQuiet,
}: Pick<Run, 'setQuiet'> & { timers: Timers }): {
  heard(): void;
  end(): void;
} {
  const begin = () => timers.after(QUIET_MS, () => setQuiet(true));
  let cancel = begin();
  return {
    heard() {
      cancel();
      setQuiet(false);
      cancel = begin();
    },
    end: () => cancel(),
  };
}

function whenAborted(signal: AbortSignal): Promise<'aborted'> {
  return new Promise(resolve => {
    if (signal.aborted) resolve('aborted');
    else
      signal.addEventListener('abort', () => resolve('aborted'), {
        once: true,
      });
  });
}

function checkImages(
  output: BuildOutput,
  workloads: readonly ScoreWorkload[],
): Result<BuildOutput> {
  for (const { metadata, containers } of workloads) {
    for (const [container, { image }] of Object.entries(containers)) {
      if (image === '.' && !output.images[metadata.name]?.[container]) {
        return failed(imageMissing(metadata.name, container));
      }
    }
  }
  return ok(output);
}

function imageMissing(workload: string, container: string): Problem {
  return {
    code: 'image-missing',
    what: `Cannot release workload "${workload}"`,
    why: `the build made no image for container "${container}"`,
    next: 'Ask the platform team: the builder did not do its part',
    transient: false,
  };
}

function buildTooSlow(): Problem {
  return {
    code: 'build-too-slow',
    what: 'Cannot finish the build',
    why: 'it took longer than a build may take',
    next: 'Make the build smaller, then push again',
    transient: false,
  };
}
