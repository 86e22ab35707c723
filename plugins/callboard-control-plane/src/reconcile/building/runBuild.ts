import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Problem,
  type Result,
  type ScoreWorkload,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type { Builder, BuildOutput } from '../../builds';
import type { ControlPlaneDeps } from '../../ControlPlaneDeps';
import type { BuildRecord } from '../../store';

/** Workloads that have something to build. */
export function workloadsToBuild(
  workloads: readonly ScoreWorkload[],
): ScoreWorkload[] {
  return workloads.filter(({ containers }) =>
    Object.values(containers).some(({ image }) => image === '.'),
  );
}

/**
 * Makes the images of a revision in a fresh folder, which is removed whatever
 * happens. Nothing is built where every image is named.
 */
export async function runBuild(
  deps: Pick<
    ControlPlaneDeps,
    'builders' | 'revisions' | 'workFolder' | 'newId' | 'logger'
  >,
  build: BuildRecord,
  task: { workloads: readonly ScoreWorkload[]; signal: AbortSignal },
): Promise<Result<BuildOutput>> {
  const workloads = workloadsToBuild(task.workloads);
  if (workloads.length === 0) return ok({ images: {} });
  const builder = deps.builders.find(({ name }) => name === build.builder);
  if (!builder) return failed(builderMissing(build.builder));

  const folder = join(deps.workFolder, deps.newId());
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    const exported = await deps.revisions.exportTo(
      build.app,
      build.commit,
      folder,
    );
    if (!exported.ok) return exported;
    return await buildIn(builder, build, {
      ...task,
      workloads,
      folder,
      logger: deps.logger,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function buildIn(
  builder: Builder,
  { app, commit }: BuildRecord,
  task: {
    workloads: ScoreWorkload[];
    signal: AbortSignal;
    folder: string;
    logger: ControlPlaneDeps['logger'];
  },
): Promise<Result<BuildOutput>> {
  const { workloads, signal, folder, logger } = task;
  const built = builder.build({
    app,
    revision: commit,
    folder,
    workloads,
    signal,
    onOutput: line =>
      logger.debug('build output', { app, line: line.slice(0, 500) }),
  });
  const output = await Promise.race([built, whenAborted(signal)]);
  if (output === 'aborted') return failed(buildTooSlow());
  return output.ok ? checkImages(output.value, workloads) : output;
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

/** An environment names a builder that this installation does not have. */
export function builderMissing(name: string): Problem {
  return {
    code: 'builder-missing',
    what: 'Cannot build what was pushed',
    why: `the platform has no builder "${name}"`,
    next: 'Name an image instead of ".", or ask the platform team to install the builder',
    transient: false,
  };
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
