import { access } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Problem,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import {
  type BuildLimits,
  type RunAsOther,
  limitExceeded,
} from '@callboard/plugin-callboard-control-plane';

/**
 * Installs production dependencies of a Node.js bundle from its lockfile, as
 * another user, without the portal's environment and without install scripts.
 * A bundle without package-lock.json is left as it is.
 */
export async function installDependencies(options: {
  folder: string;
  runAsOther: RunAsOther;
  limits: BuildLimits;
  signal: AbortSignal;
  onOutput(line: string): void;
}): Promise<Result<void>> {
  const { folder, runAsOther, limits, signal, onOutput } = options;
  if (!(await exists(join(folder, 'package-lock.json')))) return ok(undefined);
  const tail: string[] = [];
  const { code, exceeded } = await runAsOther({
    command: [
      'npm',
      'ci',
      '--omit=dev',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ],
    folder,
    signal,
    onLine: line => {
      tail.push(line);
      if (tail.length > 20) tail.shift();
      onOutput(line);
    },
  });
  if (exceeded) return failed(limitExceeded(exceeded, limits));
  return code === 0 ? ok(undefined) : failed(dependenciesFailed(code, tail));
}

function dependenciesFailed(code: number | null, tail: string[]): Problem {
  return {
    code: 'dependencies-not-installed',
    what: 'Cannot install the dependencies of package-lock.json',
    why: `npm ci ended with ${code ?? 'a signal'}${
      tail.length ? `: ${tail.slice(-3).join(' ')}` : ''
    }`.slice(0, 500),
    next: 'Run "npm ci --omit=dev" locally, commit the lockfile it agrees with, and push again',
    transient: false,
  };
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
