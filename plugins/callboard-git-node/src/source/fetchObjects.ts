import { type Result, failed, ok } from '@callboard/plugin-callboard-common';
import type { GitRepositories } from '../GitRepositories';
import { type GitAnswer, runGit } from '../runGit';
import type { FetchQuarantine } from './FetchQuarantine';
import type { RemoteBranch, RemoteLimits } from './RemoteBranch';
import { explainRemoteFault } from './problems';
import { remoteConfig } from './remoteConfig';

const MEASURE_MS = 250;

/**
 * Fetches one commit into a quarantine, without its history and within limits.
 *
 * @param wanted - refspec, or the id of a commit
 * @returns git's result; a problem when it exceeds the limits or the disk
 */
export async function fetchObjects(
  wanted: string,
  {
    quarantine,
    remote,
    repositories,
    limits,
  }: {
    quarantine: FetchQuarantine;
    remote: RemoteBranch;
    repositories: GitRepositories;
    limits: RemoteLimits;
  },
): Promise<Result<GitAnswer>> {
  const size = watchSize(quarantine, repositories, limits);
  const fetched = await runGit({
    start: repositories.start,
    git: repositories.git,
    args: [
      'fetch',
      '--quiet',
      '--depth=1',
      '--no-tags',
      '--no-write-fetch-head',
      '--no-recurse-submodules',
      '--no-auto-maintenance',
      '--',
      remote.url,
      wanted,
    ],
    cwd: quarantine.gitDir,
    env: {
      ...repositories.environment({
        ...remoteConfig(remote),
        'core.bare': 'true',
        'fetch.unpackLimit': '1', // keeps all objects in one pack, however few
      }),
      ...quarantine.environment,
    },
    maxOutputBytes: 64 * 1024,
    timeoutMs: limits.fetchMs,
    tooMuch: size.signal,
  }).finally(size.stop);
  if (await size.isTooMuch())
    return failed(
      (await repositories.checkSpace()) ??
        explainRemoteFault(remote, { stderr: '', ended: 'too-much' }),
    );
  return ok(fetched);
}

/** Aborts once the fetched data exceed the limit or the free space of the disk: git has no such limits for a fetch. */
function watchSize(
  quarantine: FetchQuarantine,
  repositories: GitRepositories,
  { maxBytes }: RemoteLimits,
): {
  signal: AbortSignal;
  stop(): void;
  /** Also true for a fetch that ended between two measurements. */
  isTooMuch(): Promise<boolean>;
} {
  const tooMuch = new AbortController();
  const measure = async () => {
    if (
      (await quarantine.measure()) > maxBytes ||
      (await repositories.findSpaceLeft()) < 0
    )
      tooMuch.abort();
  };
  const timer = setInterval(() => void measure().catch(() => {}), MEASURE_MS); // measured once more at the end
  return {
    signal: tooMuch.signal,
    stop: () => clearInterval(timer),
    isTooMuch: async () => {
      await measure();
      return tooMuch.signal.aborted;
    },
  };
}
