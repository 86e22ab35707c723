import { type Result, failed, ok } from '@callboard/plugin-callboard-common';
import {
  type BuildLimits,
  type RunAsOther,
  limitExceeded,
} from '../../sandbox';
import type { PackageManager } from './PackageManager';

/** Installs dependencies in a folder that holds the project's manifests. */
export async function installForImage(input: {
  folder: string;
  manager: PackageManager;
  runAsOther: RunAsOther;
  limits: BuildLimits;
  signal: AbortSignal;
  onOutput(line: string): void;
}): Promise<Result<void>> {
  const { folder, manager, runAsOther, limits, signal, onOutput } = input;
  const tail: string[] = [];
  const { code, exceeded } = await runAsOther({
    command: manager.command,
    folder,
    env: manager.env,
    signal,
    onLine: line => {
      tail.push(line);
      if (tail.length > 5) tail.shift();
      onOutput(line);
    },
  });
  if (exceeded) return failed(limitExceeded(exceeded, limits));
  if (code === 0) return ok(undefined);
  return failed({
    code: 'dependencies-not-installed',
    what: `Cannot install the dependencies of ${manager.lockfile}`,
    why: `${
      signal.aborted
        ? 'the time for the build was over'
        : `${manager.name} ended with ${code ?? 'a signal'}`
    }${tail.length ? `: ${tail.join(' ')}` : ''}`.slice(0, 600),
    next: `Run the same with ${manager.name} in a fresh clone, commit the lockfile that works, and push again`,
    transient: false,
  });
}
