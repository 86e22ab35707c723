import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Result, failed, ok } from '@callboard/plugin-callboard-common';
import type { GitRepositories } from '../GitRepositories';
import { runGit } from '../runGit';
import { CALLBOARD } from '../writeCommit';
import { FetchQuarantine } from './FetchQuarantine';
import {
  DEFAULT_REMOTE_LIMITS,
  type RemoteBranch,
  type RemoteLimits,
} from './RemoteBranch';
import { fetchObjects } from './fetchObjects';
import { explainRemoteFault, historyMissing } from './problems';

const MAX_COMMITS = 1_000; // looks back this far for a commit that was pushed here
const READ_MS = 30_000;

/**
 * Refuses a remote repository that lacks commits that were pushed to the app
 * here: the running code would be replaced by code without them. They may be on
 * any branch of the repository.
 */
export async function checkHistory(
  app: string,
  remote: RemoteBranch,
  repositories: GitRepositories,
  limits: RemoteLimits = DEFAULT_REMOTE_LIMITS,
): Promise<Result<void>> {
  const pushed = await findPushedCommit(app, repositories);
  if (pushed === undefined) return ok(undefined);
  const quarantine = await FetchQuarantine.open(app, repositories);
  try {
    // Git has no request for it; objects that the app already has are not sent again.
    const answer = await fetchObjects(pushed, {
      quarantine,
      remote,
      repositories,
      limits,
    });
    if (!answer.ok) return answer;
    const asked = answer.value;
    if (asked.code === 0) return ok(undefined);
    return failed(
      /not our ref|unadvertised object|no such remote ref/i.test(asked.stderr)
        ? historyMissing(app, { remote, pushed })
        : explainRemoteFault(remote, asked),
    );
  } finally {
    await quarantine.remove();
  }
}

/** The newest commit of main that was pushed here; undefined when all were fetched from elsewhere. */
async function findPushedCommit(
  app: string,
  repositories: GitRepositories,
): Promise<string | undefined> {
  if ((await repositories.readHead(app)) === undefined) return undefined;
  const gitDir = repositories.pathOf(app);
  const answer = await runGit({
    start: repositories.start,
    git: repositories.git,
    args: [
      `--git-dir=${gitDir}`,
      'log',
      '--no-show-signature',
      `--max-count=${MAX_COMMITS}`,
      '--format=%H %ce',
      'refs/heads/main',
      '--',
    ],
    cwd: gitDir,
    env: repositories.environment(),
    maxOutputBytes: 1024 * 1024,
    timeoutMs: READ_MS,
  });
  if (answer.code !== 0)
    throw new Error(`git log failed in ${gitDir}: ${answer.stderr.trim()}`);
  const fetched = new Set(
    (await readFile(join(gitDir, 'shallow'), 'utf8').catch(() => '')).split(
      '\n',
    ),
  );
  return answer.stdout
    .toString('utf8')
    .split('\n')
    .map(line => line.split(' '))
    .find(
      ([commit, committer]) =>
        commit !== '' && committer !== CALLBOARD.email && !fetched.has(commit),
    )?.[0];
}
