import { type Result, failed, ok } from '@callboard/plugin-callboard-common';
import type { GitRepositories } from '../GitRepositories';
import { runGit } from '../runGit';
import {
  DEFAULT_REMOTE_LIMITS,
  type RemoteBranch,
  type RemoteLimits,
} from './RemoteBranch';
import { explainRemoteFault, branchMissing } from './problems';
import { remoteConfig } from './remoteConfig';

const MAX_ANSWER_BYTES = 64 * 1024; // one line for each ref with the same ending

/** Reads the current commit of a remote branch. */
export async function findBranch(
  remote: RemoteBranch,
  repositories: GitRepositories,
  limits: Pick<RemoteLimits, 'lookMs'> = DEFAULT_REMOTE_LIMITS,
): Promise<Result<string>> {
  const ref = `refs/heads/${remote.branch}`;
  const answer = await runGit({
    start: repositories.start,
    git: repositories.git,
    args: ['ls-remote', '--quiet', '--', remote.url, ref],
    cwd: repositories.folder,
    env: repositories.environment(remoteConfig(remote)),
    maxOutputBytes: MAX_ANSWER_BYTES,
    timeoutMs: limits.lookMs,
  });
  if (answer.code !== 0) return failed(explainRemoteFault(remote, answer));
  const found = answer.stdout
    .toString('utf8')
    .split('\n')
    .map(line => line.split('\t'))
    .find(([, name]) => name === ref);
  return found && /^[0-9a-f]{40}$/.test(found[0])
    ? ok(found[0])
    : failed(branchMissing(remote));
}
