import type { Problem } from '@callboard/plugin-callboard-common';
import type { GitAnswer } from '../runGit';
import type { RemoteBranch } from './RemoteBranch';

const SHOWN_OF_COMMIT = 7;

/**
 * Explains why another host did not return what was requested. Its own message
 * is not repeated, because it is untrusted. A hidden and a missing repository
 * give the same problem, as hosts do not distinguish them.
 */
export function explainRemoteFault(
  { url, authorization }: RemoteBranch,
  { stderr, ended }: Pick<GitAnswer, 'stderr' | 'ended'>,
): Problem {
  const what = `Cannot read ${url}`;
  if (ended === 'too-much')
    return {
      code: 'source-too-large',
      what,
      why: 'one commit of it is larger than what the portal takes',
      next: 'Keep large files outside of the repository',
      transient: false,
    };
  if (ended !== 'by-itself')
    return {
      code: 'source-unreachable',
      what,
      why: 'the host did not answer in time',
      next: 'Nothing: it is asked again. If it persists, ask the platform team whether the portal reaches it',
      transient: true,
    };
  if (
    /redirect/i.test(stderr) ||
    /The requested URL returned error: 3\d\d/.test(stderr)
  )
    return {
      code: 'source-moved',
      what,
      why: 'the host sends its readers to another address',
      next: 'Connect the app to the address that the repository has now',
      transient: false,
    };
  if (
    /Authentication failed|could not read (Username|Password)|returned error: (401|403|404)|not found/i.test(
      stderr,
    )
  )
    return {
      code: 'source-not-readable',
      what,
      why: authorization
        ? 'there is none, or the credential that the platform gave the portal for this host may not read it'
        : 'there is none, or it is not public and the platform gave the portal no credential for this host',
      next: 'Check the address; ask the platform team to let the portal read it (integrations in its configuration)',
      transient: true,
    };
  return {
    code: 'source-unreachable',
    what,
    why: /certificate|SSL/i.test(stderr)
      ? "the host's certificate is not trusted here"
      : 'the host does not answer as a git host does',
    next: 'Nothing: it is asked again. If it persists, ask the platform team whether the portal reaches it',
    transient: true,
  };
}

export function branchMissing({ url, branch }: RemoteBranch): Problem {
  return {
    code: 'source-branch-missing',
    what: `Cannot read the branch "${branch}" of ${url}`,
    why: 'the repository has no branch of this name',
    next: 'Name a branch that is there, or push it',
    transient: true,
  };
}

export function folderMissing(path: string): Problem {
  return {
    code: 'source-folder-missing',
    what: `Cannot read the folder "${path}"`,
    why: 'the repository has no such folder on this branch',
    next: 'Name the folder that holds score.yaml, from the root of the repository',
    transient: true,
  };
}

/**
 * Explains how to push the complete history to the remote repository.
 * `--mirror` would remove what is already there.
 */
export function historyMissing(
  app: string,
  { remote: { url }, pushed }: { remote: RemoteBranch; pushed: string },
): Problem {
  return {
    code: 'source-history-missing',
    what: `Cannot connect "${app}" to ${url}`,
    why: `what was pushed to the app here is not in it: commit ${pushed.slice(
      0,
      SHOWN_OF_COMMIT,
    )} and its history`,
    next: `Push it there first, from a clone of the app: git push ${url} --all, then git push ${url} --tags. Where its main is another already: git push ${url} main:refs/heads/${app}`,
    transient: false,
  };
}
