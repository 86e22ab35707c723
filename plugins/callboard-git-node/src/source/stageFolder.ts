import { type Result, failed, ok } from '@callboard/plugin-callboard-common';
import type { GitRepositories } from '../GitRepositories';
import { type GitAnswer, runGit } from '../runGit';
import type { FetchedBranch } from './fetchBranch';
import { CALLBOARD } from '../writeCommit';
import { folderMissing } from './problems';

/**
 * Creates a commit that contains only one folder of another commit, with its
 * author and message: the app, where it shares a repository with others. The
 * same commit and parent always give the same result. Its objects are stored in
 * the quarantine of the other commit.
 *
 * @returns the commit; `parent` itself when the folder did not change
 */
export async function stageFolder(
  { commit, quarantine }: Pick<FetchedBranch, 'commit' | 'quarantine'>,
  { path, parent }: { path: string; parent?: string },
  repositories: GitRepositories,
): Promise<Result<string>> {
  const { gitDir } = quarantine;
  const run = (
    args: string[],
    more: { env?: Record<string, string>; input?: string } = {},
  ): Promise<GitAnswer> =>
    runGit({
      start: repositories.start,
      git: repositories.git,
      args,
      cwd: gitDir,
      env: {
        ...repositories.environment({ 'core.bare': 'true' }),
        ...quarantine.environment,
        ...more.env,
      },
      ...(more.input !== undefined && { input: Buffer.from(more.input) }),
      maxOutputBytes: 1024 * 1024,
      timeoutMs: 30_000,
    });
  const treeOf = async (revision: string) => {
    const named = await run(['rev-parse', '--verify', '--quiet', revision]);
    const id = named.stdout.toString('utf8').trim();
    const kind = named.code === 0 ? await run(['cat-file', '-t', id]) : named;
    return kind.stdout.toString('utf8').trim() === 'tree' ? id : undefined;
  };
  const tree = await treeOf(`${commit}:${path}`);
  if (tree === undefined) return failed(folderMissing(path));
  if (parent !== undefined && (await treeOf(`${parent}^{tree}`)) === tree)
    return ok(parent);
  const described = await run([
    'log',
    '-1',
    '--no-show-signature',
    '--format=%an%x00%ae%x00%aI%x00%cI%x00%B',
    commit,
    '--',
  ]);
  const [name, email, authored, committed, ...message] = described.stdout
    .toString('utf8')
    .split('\0');
  const made = await run(
    ['commit-tree', tree, ...(parent ? ['-p', parent] : []), '-F', '-'],
    {
      env: {
        GIT_AUTHOR_NAME: name || 'unknown',
        GIT_AUTHOR_EMAIL: email,
        GIT_AUTHOR_DATE: authored,
        GIT_COMMITTER_NAME: CALLBOARD.name,
        GIT_COMMITTER_EMAIL: CALLBOARD.email,
        GIT_COMMITTER_DATE: committed,
      },
      input: `${message.join('').trimEnd()}\n\nSource-Commit: ${commit}\n`,
    },
  );
  const head = made.stdout.toString('utf8').trim();
  if (made.code !== 0)
    throw new Error(
      `git commit-tree failed in ${gitDir}: ${made.stderr.trim()}`,
    );
  return ok(head);
}
