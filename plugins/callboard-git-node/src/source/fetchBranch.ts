import { randomUUID } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Result, failed, ok } from '@callboard/plugin-callboard-common';
import { type GitRepositories, STAGED } from '../GitRepositories';
import { runGit } from '../runGit';
import {
  DEFAULT_REMOTE_LIMITS,
  type RemoteBranch,
  type RemoteLimits,
} from './RemoteBranch';
import { explainRemoteFault } from './problems';
import { remoteConfig } from './remoteConfig';

const MEASURE_MS = 250;

/**
 * Brings the newest commit of a branch elsewhere into an app's repository, where
 * no branch shows it yet, so that it can be judged like a pushed one. Its history
 * stays where it is: nothing here asks for it.
 *
 * @returns the commit, under its own id
 */
export async function fetchBranch(
  app: string,
  remote: RemoteBranch,
  repositories: GitRepositories,
  limits: RemoteLimits = DEFAULT_REMOTE_LIMITS,
): Promise<Result<string>> {
  const gitDir = repositories.pathOf(app);
  const staged = `${STAGED}/${randomUUID()}`;
  const run = (args: string[], signal?: AbortSignal) =>
    runGit({
      start: repositories.start,
      git: repositories.git,
      args: [`--git-dir=${gitDir}`, ...args],
      cwd: gitDir,
      env: repositories.environment(remoteConfig(remote)),
      maxOutputBytes: 64 * 1024,
      timeoutMs: limits.fetchMs,
      ...(signal && { tooMuch: signal }),
    });
  const measured = watchPacks(gitDir, limits.maxBytes);
  const fetched = await run(
    [
      'fetch',
      '--quiet',
      '--depth=1',
      '--no-tags',
      '--no-write-fetch-head',
      '--no-recurse-submodules',
      '--no-auto-maintenance',
      '--',
      remote.url,
      `+refs/heads/${remote.branch}:${staged}`,
    ],
    measured.signal,
  ).finally(measured.stop);
  if (fetched.code !== 0) return failed(explainRemoteFault(remote, fetched));
  const named = await run(['rev-parse', '--verify', `${staged}^{commit}`]);
  const commit = named.stdout.toString('utf8').trim();
  return /^[0-9a-f]{40}$/.test(commit)
    ? ok(commit)
    : failed(explainRemoteFault(remote, named));
}

/** Aborts once packs that are on their way are larger than allowed together: git has no such limit for what it fetches. */
function watchPacks(
  gitDir: string,
  maxBytes: number,
): { signal: AbortSignal; stop(): void } {
  const tooMuch = new AbortController();
  const folder = join(gitDir, 'objects', 'pack');
  const measure = async () => {
    const names = await readdir(folder).catch(() => []);
    const sizes = await Promise.all(
      names
        .filter(name => name.startsWith('tmp_'))
        .map(name =>
          stat(join(folder, name)).then(
            ({ size }) => size,
            () => 0, // it has its name now
          ),
        ),
    );
    if (sizes.reduce((sum, size) => sum + size, 0) > maxBytes) tooMuch.abort();
  };
  const timer = setInterval(() => void measure(), MEASURE_MS);
  return { signal: tooMuch.signal, stop: () => clearInterval(timer) };
}
