import { cp, mkdir, rm } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import {
  type Result,
  failed,
  ok,
  plainLine,
} from '@callboard/plugin-callboard-common';
import { limitExceeded } from '../BuildLimits';
import type { BuildPlace } from '../BuildPlace';
import { type InstallPlan, installDependencies } from '../dependencies';
import { buildStepFailed } from './buildStepProblems';
import type { FolderCache } from './FolderCache';
import type { BuildStep } from './planBuildStep';
import { takeOutput } from './takeOutput';

const TAIL_LINES = 40;
const TAIL_SHOWN = 8;
/** Folder beside the code, where the step finds it; never part of its output. */
const TOOLS = '.callboard-tools';

export interface BuildStepInput {
  /** Folder of the revision; not changed. */
  folder: string;
  /** Folder for the output: the revision with all files that the step wrote, without dependencies. */
  to: string;
  /** For the install; does not exist yet. */
  workFolder: string;
  place: BuildPlace;
  /** Caches dependencies of steps between builds. */
  cache: FolderCache;
  signal: AbortSignal;
  onOutput(line: string): void;
}

/**
 * Runs the build step of a revision, in two sandboxes: one fetches dependencies
 * and has only the manifests, the other has the code and no network.
 */
export async function runBuildStep(
  step: BuildStep,
  input: BuildStepInput,
): Promise<Result<void>> {
  const { folder, to, place, cache, signal, onOutput } = input;
  const { install } = step;
  const tools = install
    ? await cache.find(keyOf(install), made =>
        installTools(install, made, input),
      )
    : ok(undefined);
  if (!tools.ok) return tools;
  const besides = besidesOf(install);
  onOutput(`$ ${step.line}`);
  return place.use(
    folder,
    async (own, runAsOther) => {
      const tail: string[] = [];
      const { code, exceeded } = await runAsOther({
        command: ['sh', '-c', withTools(step.line)],
        folder: own,
        env: {
          CI: 'true',
          FORCE_COLOR: '0',
          NO_COLOR: '1',
          npm_config_update_notifier: 'false',
          npm_config_offline: 'true',
        },
        signal,
        onLine: text => {
          const line = plainLine(text);
          tail.push(line);
          if (tail.length > TAIL_LINES) tail.shift();
          onOutput(line);
        },
      });
      if (exceeded) return failed(limitExceeded(exceeded, place.limits));
      if (code === 0) return takeOutput(own, to, besides);
      return failed(
        buildStepFailed({
          line: step.line,
          code,
          tail: withoutNpm(tail),
          shown: TAIL_SHOWN,
          isOver: signal.aborted,
        }),
      );
    },
    {
      isOffline: true,
      besides,
      ...(tools.value !== undefined && { beside: tools.value }),
    },
  );
}

/** Paths that are added to the code and replace pushed files of the same name. */
function besidesOf(install: InstallPlan | undefined): Set<string> {
  const folders = install?.project.folders ?? [''];
  return new Set([TOOLS, ...folders.map(each => join(each, 'node_modules'))]);
}

function keyOf({ identity }: InstallPlan): string {
  return createHash('sha256').update(identity).digest('hex');
}

async function installTools(
  plan: InstallPlan,
  made: string,
  input: BuildStepInput,
): Promise<Result<void>> {
  try {
    return await installDependencies(plan, input, async installed => {
      for (const path of installed.modules) {
        await mkdir(dirname(join(made, path)), { recursive: true });
        await copy(join(installed.folder, path), join(made, path));
      }
      // Scripts may call the package manager of the project by its name.
      if (installed.manager !== undefined)
        await copy(installed.manager, join(made, TOOLS, 'node_modules'));
    });
  } finally {
    await rm(input.workFolder, { recursive: true, force: true });
  }
}

async function copy(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true, verbatimSymlinks: true });
}

function withTools(line: string): string {
  return `PATH="$PWD/node_modules/.bin:$PWD/${TOOLS}/node_modules/.bin:$PATH"; export PATH; ${line}`;
}

/** Removes npm's lines about its own log, which no longer exists. */
function withoutNpm(tail: readonly string[]): string[] {
  return tail.filter(line => line !== '' && !/^npm (?:error|ERR!)/.test(line));
}
