import {
  failed,
  fileNotText,
  fileTooLarge,
  ok,
  type Problem,
  type Result,
} from '@callboard/plugin-callboard-common';
import type { RevisionInfo } from '@callboard/plugin-callboard-node';
import { createHash } from 'node:crypto';
import { type StartProgram, startHere } from './launcher';
import type { GitLimits } from './limits';
import { type BlobPart, readBlobs } from './readBlobs';
import { type GitAnswer, runGit } from './runGit';
import { type TreeEntry, readTree, tooManyFiles } from './tree';
import { writeTree } from './writeTree';

export interface GitRevisionReaderOptions {
  start?: StartProgram;
  git: string;
  /** Absolute path of the bare repository. */
  gitDir: string;
  /** From `gitEnvironment`; in a hook with the quarantine's object folders added. */
  env: Record<string, string>;
  limits: GitLimits;
}

const MAX_TREE_BYTES = 24 * 1024 * 1024; // enough for 20,000 paths of maximum length
const MAX_MESSAGE_CHARACTERS = 200;

/** Reads the revisions of one bare repository. Checks sizes and kinds before it reads any content. */
export class GitRevisionReader {
  readonly #options: GitRevisionReaderOptions;

  constructor(options: GitRevisionReaderOptions) {
    this.#options = options;
  }

  async readInfo(commit: string): Promise<Result<RevisionInfo>> {
    const answer = await this.#run(
      [
        'log',
        '-1',
        '--no-show-signature',
        '--format=%H%x00%s%x00%an%x00%ae',
        commit,
        '--',
      ],
      commit,
    );
    if (!answer.ok) return answer;
    const [id, subject, name, email] = answer.value.stdout
      .toString('utf8')
      .trimEnd()
      .split('\0');
    return ok({
      commit: id,
      message: toOneLine(subject),
      author: `${toOneLine(name)} <${toOneLine(email)}>`,
    });
  }

  /** All files, checked against the limits. Sorted by path, in git's order. */
  async readTree(commit: string): Promise<Result<TreeEntry[]>> {
    const { maxFiles } = this.#options.limits;
    const answer = await this.#run(
      ['ls-tree', '-r', '-l', '-z', '--full-tree', commit],
      commit,
      // Nested trees can list billions of files in a few objects.
      { maxRecords: maxFiles },
    );
    if (!answer.ok) return answer;
    return readTree(answer.value.stdout, this.#options.limits);
  }

  /**
   * Texts of the selected files, by path. Refuses links, files that are no
   * UTF-8 text, and files larger than `maxBytes`.
   */
  async readTexts(
    entries: TreeEntry[],
    options: { maxBytes: number },
  ): Promise<Result<Record<string, string>>> {
    for (const entry of entries) {
      const problem = checkTextEntry(entry, options.maxBytes);
      if (problem) return failed(problem);
    }
    const texts: Record<string, string> = {};
    let parts: Buffer[] = [];
    for await (const { index, bytes, end } of this.readContents(entries)) {
      parts.push(bytes);
      if (!end) continue;
      const text = decodeUtf8(Buffer.concat(parts));
      parts = [];
      if (text === undefined) return failed(fileNotText(entries[index].path));
      texts[entries[index].path] = text;
    }
    return ok(texts);
  }

  /** Text of one file; undefined when it does not exist. */
  async readFile(
    commit: string,
    path: string,
    maxBytes: number,
  ): Promise<Result<string | undefined>> {
    const tree = await this.readTree(commit);
    if (!tree.ok) return tree;
    const entry = tree.value.find(candidate => candidate.path === path);
    if (!entry) return ok(undefined);
    const texts = await this.readTexts([entry], { maxBytes });
    return texts.ok ? ok(texts.value[path]) : texts;
  }

  /**
   * Writes all files of the revision into an existing, empty folder; with
   * `from`, only those below it, with paths relative to it.
   */
  async exportTo(
    commit: string,
    folder: string,
    from = '.',
  ): Promise<Result<void>> {
    const tree = await this.readTree(commit);
    if (!tree.ok) return tree;
    const entries = entriesBelow(tree.value, from);
    return writeTree(entries, this.readContents(entries), folder);
  }

  /** Digest that changes only with the files below a folder; undefined when there are none. */
  async digestOf(
    commit: string,
    from: string,
  ): Promise<Result<string | undefined>> {
    const tree = await this.readTree(commit);
    if (!tree.ok) return tree;
    const entries = entriesBelow(tree.value, from);
    if (entries.length === 0) return ok(undefined);
    const hash = createHash('sha256');
    for (const { kind, id, path } of entries)
      hash.update(`${kind} ${id} ${path}\0`);
    return ok(hash.digest('hex'));
  }

  /** Contents in the order of the entries. */
  readContents(entries: TreeEntry[]): AsyncGenerator<BlobPart> {
    const { git, gitDir, env, limits, start = startHere } = this.#options;
    return readBlobs(
      { start, git, gitDir, env, timeoutMs: limits.timeoutMs },
      entries.map(entry => entry.id),
    );
  }

  async #run(
    args: string[],
    commit: string,
    { maxRecords }: { maxRecords?: number } = {},
  ): Promise<Result<GitAnswer>> {
    const { git, gitDir, env, limits, start = startHere } = this.#options;
    if (!/^[0-9a-f]{40}([0-9a-f]{24})?$/.test(commit))
      return failed(revisionNotFound(commit));
    const answer = await runGit({
      start,
      git,
      args: [`--git-dir=${gitDir}`, ...args],
      env,
      cwd: gitDir,
      maxOutputBytes: MAX_TREE_BYTES,
      ...(maxRecords !== undefined && { maxRecords }),
      timeoutMs: limits.timeoutMs,
    });
    if (answer.ended === 'too-many')
      return failed(tooManyFiles(undefined, limits));
    if (answer.ended !== 'by-itself')
      return failed(revisionUnreadable(commit, answer.ended));
    return answer.code === 0 ? ok(answer) : failed(revisionNotFound(commit));
  }
}

/** Entries below a folder, with paths relative to it. */
function entriesBelow(entries: TreeEntry[], from: string): TreeEntry[] {
  if (from === '.') return entries;
  const start = `${from}/`;
  return entries.flatMap(entry =>
    entry.path.startsWith(start)
      ? { ...entry, path: entry.path.slice(start.length) }
      : [],
  );
}

function checkTextEntry(
  { path, kind, bytes }: TreeEntry,
  maxBytes: number,
): Problem | undefined {
  if (kind === 'link') {
    return {
      code: 'file-is-link',
      what: `Cannot read ${path}`,
      why: 'it is a symbolic link',
      next: 'Commit the file itself',
      transient: false,
      at: { file: path },
    };
  }
  if (bytes > maxBytes) return fileTooLarge(path, { bytes, maxBytes });
  return undefined;
}

function revisionNotFound(commit: string): Problem {
  return {
    code: 'revision-not-found',
    what: `Cannot read revision ${JSON.stringify(commit.slice(0, 64))}`,
    why: 'the repository does not hold it',
    next: 'Push it again',
    transient: false,
  };
}

function revisionUnreadable(
  commit: string,
  ended: 'too-long' | 'too-much',
): Problem {
  return {
    code: 'revision-unreadable',
    what: `Cannot read revision ${commit.slice(0, 8)}`,
    why:
      ended === 'too-long'
        ? 'git took too long to list its files'
        : 'it holds too many files to list',
    next: 'Leave installed packages and build output out of the repository with a .gitignore',
    transient: ended === 'too-long',
  };
}

function decodeUtf8(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined; // the decoder reports "not UTF-8" only by throwing
  }
}

/** Commit messages and names are untrusted and are shown in terminals and pages. */
function toOneLine(text: string = ''): string {
  return text
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, MAX_MESSAGE_CHARACTERS);
}
