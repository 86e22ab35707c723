import { type Result, failed, ok } from '@callboard/plugin-callboard-common';
import type { GitRepositories } from '../GitRepositories';
import { runGit } from '../runGit';
import { FetchQuarantine } from './FetchQuarantine';
import {
  DEFAULT_REMOTE_LIMITS,
  type RemoteBranch,
  type RemoteLimits,
} from './RemoteBranch';
import { fetchObjects } from './fetchObjects';
import { explainRemoteFault } from './problems';

const READ_MS = 30_000;
const MAX_COMMIT_BYTES = 1024 * 1024;

export interface FetchedBranch {
  /** Under its own id. */
  commit: string;
  /** Where it lies until it is kept. */
  quarantine: FetchQuarantine;
  /** Gives it to the app's repository, before a branch shows it. */
  keep(): Promise<void>;
  /** Takes the space back of what was not kept. To be called in the end, whatever became of it. */
  forget(): Promise<void>;
}

/**
 * Brings the newest commit of a branch elsewhere to an app, beside its
 * repository, so that it can be judged like a pushed one and is gone when it is
 * refused. Its history stays where it is: nothing here asks for it. What the app
 * has already is not brought again.
 */
export async function fetchBranch(
  app: string,
  remote: RemoteBranch,
  repositories: GitRepositories,
  limits: RemoteLimits = DEFAULT_REMOTE_LIMITS,
): Promise<Result<FetchedBranch>> {
  const quarantine = await FetchQuarantine.open(app, repositories);
  const forget = () => quarantine.remove();
  const fetched = await fetchInto(
    quarantine,
    remote,
    repositories,
    limits,
  ).catch(async error => {
    await forget();
    throw error;
  });
  if (fetched.ok)
    return ok({
      commit: fetched.value,
      quarantine,
      keep: async () =>
        quarantine.keep(
          (await hasParents(app, fetched.value, repositories, quarantine))
            ? [fetched.value]
            : [],
        ),
      forget,
    });
  await forget();
  return fetched;
}

/** Whether the app's repository has what this commit was made on: its history is not cut then. */
async function hasParents(
  app: string,
  commit: string,
  repositories: GitRepositories,
  quarantine: FetchQuarantine,
): Promise<boolean> {
  const run = (args: string[], env: Record<string, string> = {}) =>
    runGit({
      start: repositories.start,
      git: repositories.git,
      args,
      cwd: quarantine.gitDir,
      env: { ...repositories.environment({ 'core.bare': 'true' }), ...env },
      maxOutputBytes: MAX_COMMIT_BYTES,
      timeoutMs: READ_MS,
    });
  const read = await run(
    ['cat-file', 'commit', commit],
    quarantine.environment,
  );
  if (read.code !== 0) return false;
  const [head] = read.stdout.toString('utf8').split('\n\n', 1);
  const parents = [...head.matchAll(/^parent ([0-9a-f]{40})$/gm)];
  for (const [, parent] of parents) {
    const found = await run([
      `--git-dir=${repositories.pathOf(app)}`,
      'cat-file',
      '-e',
      `${parent}^{commit}`,
    ]);
    if (found.code !== 0) return false;
  }
  return parents.length > 0;
}

async function fetchInto(
  quarantine: FetchQuarantine,
  remote: RemoteBranch,
  repositories: GitRepositories,
  limits: RemoteLimits,
): Promise<Result<string>> {
  const fetched = await fetchObjects(
    `+refs/heads/${remote.branch}:${quarantine.ref}`,
    { quarantine, remote, repositories, limits },
  );
  if (!fetched.ok) return fetched;
  if (fetched.value.code !== 0)
    return failed(explainRemoteFault(remote, fetched.value));
  const named = await runGit({
    start: repositories.start,
    git: repositories.git,
    args: ['rev-parse', '--verify', `${quarantine.ref}^{commit}`],
    cwd: quarantine.gitDir,
    env: {
      ...repositories.environment({ 'core.bare': 'true' }),
      ...quarantine.environment,
    },
    maxOutputBytes: 64 * 1024,
    timeoutMs: READ_MS,
  });
  const commit = named.stdout.toString('utf8').trim();
  return /^[0-9a-f]{40}$/.test(commit)
    ? ok(commit)
    : failed(explainRemoteFault(remote, named));
}
