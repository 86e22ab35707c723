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
import type { ControlPlaneDeps } from '../../ControlPlaneDeps';
import type { BuildRecord } from '../../store';
import type { Timers } from '../../Timers';
import type { Run } from '../queue';
import { builderMissing, parseBuilders } from './builders';

/** Workloads that have something to build. */
export function workloadsToBuild(
  workloads: readonly ScoreWorkload[],
): ScoreWorkload[] {
  return workloads.filter(({ containers }) =>
    Object.values(containers).some(({ image }) => image === '.'),
  );
}

/** What builders made of a revision, by the builder's name. */
export type Built = Record<string, BuildOutput>;

/**
 * Makes the images of a revision, once with every builder that an environment
 * needs, each in a fresh folder, which is removed whatever happens. The first
 * that fails ends it. Nothing is built where every image is named.
 */
export async function runBuilds(
  deps: BuildDeps,
  build: BuildRecord,
  task: Run & {
    workloads: readonly ScoreWorkload[];
    settings?: BuildSettings;
  },
): Promise<Result<Built>> {
  const workloads = workloadsToBuild(task.workloads);
  const built: Built = {};
  if (workloads.length === 0) return ok(built);
  for (const name of parseBuilders(build.builder)) {
    const builder = deps.builders.find(each => each.name === name);
    if (!builder) return failed(builderMissing(name));
    const output = await runBuild(deps, build, {
      ...task,
      builder,
      workloads,
    });
    if (!output.ok) return output;
    built[name] = output.value;
  }
  return ok(built);
}

type BuildDeps = Pick<
  ControlPlaneDeps,
  'builders' | 'revisions' | 'workFolder' | 'newId' | 'logger'
> & { timers: Timers };

const QUIET_MS = 2_000; // without a word; whoever computes says something sooner or later

async function runBuild(
  deps: BuildDeps,
  build: BuildRecord,
  task: Run & {
    builder: Builder;
    workloads: ScoreWorkload[];
    settings?: BuildSettings;
  },
): Promise<Result<BuildOutput>> {
  const folder = join(deps.workFolder, deps.newId());
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    const exported = await deps.revisions.exportTo(
      build.app,
      build.commit,
      folder,
    );
    if (!exported.ok) return exported;
    return await buildIn(task.builder, build, {
      ...deps,
      ...task,
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
    folder: string;
    logger: ControlPlaneDeps['logger'];
    timers: Timers;
  },
): Promise<Result<BuildOutput>> {
  const { workloads, settings, signal, folder, logger } = task;
  const quiet = watchQuiet(task);
  const built = builder.build({
    app,
    revision: commit,
    folder,
    workloads,
    ...(settings && { settings }),
    signal,
    onOutput: line => {
      quiet.heard();
      logger.debug('build output', { app, line: line.slice(0, 500) });
    },
  });
  const output = await Promise.race([built, whenAborted(signal)]).finally(
    quiet.end,
  );
  if (output === 'aborted') return failed(buildTooSlow());
  return output.ok ? checkImages(output.value, workloads) : output;
}

/** Tells when a build has said nothing for a while, and when it speaks again. */
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
