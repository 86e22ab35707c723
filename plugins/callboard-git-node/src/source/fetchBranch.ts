import { type Result, failed, ok } from '@callboard/plugin-callboard-common';
import type { GitRepositories } from '../GitRepositories';
import { runGit } from '../runGit';
import { FetchQuarantine } from './FetchQuarantine';
import {
  DEFAULT_REMOTE_LIMITS,
  type RemoteBranch,
  type RemoteLimits,
} from './RemoteBranch';
import { explainRemoteFault } from './problems';
import { remoteConfig } from './remoteConfig';

const MEASURE_MS = 250;

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
      keep: () => quarantine.keep(),
      forget,
    });
  await forget();
  return fetched;
}

async function fetchInto(
  quarantine: FetchQuarantine,
  remote: RemoteBranch,
  repositories: GitRepositories,
  limits: RemoteLimits,
): Promise<Result<string>> {
  const run = (args: string[], signal?: AbortSignal) =>
    runGit({
      start: repositories.start,
      git: repositories.git,
      args,
      cwd: quarantine.gitDir,
      env: {
        ...repositories.environment({
          ...remoteConfig(remote),
          'core.bare': 'true',
          'fetch.unpackLimit': '1', // all of it is one pack, however small
        }),
        ...quarantine.environment,
      },
      maxOutputBytes: 64 * 1024,
      timeoutMs: limits.fetchMs,
      ...(signal && { tooMuch: signal }),
    });
  const size = await watchSize(quarantine, repositories, limits);
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
      `+refs/heads/${remote.branch}:${quarantine.ref}`,
    ],
    size.signal,
  ).finally(size.stop);
  if (await size.isTooMuch())
    return failed(
      (await repositories.checkSpace()) ??
        explainRemoteFault(remote, { stderr: '', ended: 'too-much' }),
    );
  if (fetched.code !== 0) return failed(explainRemoteFault(remote, fetched));
  const named = await run([
    'rev-parse',
    '--verify',
    `${quarantine.ref}^{commit}`,
  ]);
  const commit = named.stdout.toString('utf8').trim();
  return /^[0-9a-f]{40}$/.test(commit)
    ? ok(commit)
    : failed(explainRemoteFault(remote, named));
}

/**
 * Aborts once what comes is larger than allowed or than the disk has space for:
 * git has no such limits for what it fetches.
 */
async function watchSize(
  quarantine: FetchQuarantine,
  repositories: GitRepositories,
  { maxBytes }: RemoteLimits,
): Promise<{
  signal: AbortSignal;
  stop(): void;
  /** Also of one that came faster than it was measured. */
  isTooMuch(): Promise<boolean>;
}> {
  const tooMuch = new AbortController();
  const measure = async () => {
    if (
      (await quarantine.measure()) > maxBytes ||
      (await repositories.findSpaceLeft()) < 0
    )
      tooMuch.abort();
  };
  const timer = setInterval(() => void measure().catch(() => {}), MEASURE_MS); // measured again at its end
  return {
    signal: tooMuch.signal,
    stop: () => clearInterval(timer),
    isTooMuch: async () => {
      await measure();
      return tooMuch.signal.aborted;
    },
  };
}
