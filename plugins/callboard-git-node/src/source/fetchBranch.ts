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
  /** Its id in the remote repository. */
  commit: string;
  /** Holds its objects until they are kept. */
  quarantine: FetchQuarantine;
  /** Adds it to the app's repository, before a branch refers to it. */
  keep(): Promise<void>;
  /** Removes the quarantine. Call it at the end, whether or not the commit was kept. */
  forget(): Promise<void>;
}

/**
 * Fetches the newest commit of a remote branch into a quarantine beside the
 * app's repository, so that it can be judged like a pushed one and leaves
 * nothing when refused. Its history is not fetched, nor are objects that the
 * app already has.
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

/** Whether the app's repository has the parents of this commit: its history is complete then. */
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
