import {
  describeTwoAmounts,
  failed,
  ok,
  type Problem,
  type ProblemCode,
  type Result,
} from '@callboard/plugin-callboard-common';
import { posix } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { GitLimits } from './limits';

/** One file of a revision. */
export interface TreeEntry {
  kind: 'file' | 'executable' | 'link' | 'submodule';
  /** Object id of its content. */
  id: string;
  /** 0 for a submodule. */
  bytes: number;
  path: string;
}

/** Linux's limit (PATH_MAX, including the terminator). */
const MAX_TARGET_BYTES = 4_095;

const KINDS: Record<string, TreeEntry['kind'] | undefined> = {
  '100644': 'file',
  '100664': 'file',
  '100755': 'executable',
  '120000': 'link',
  '160000': 'submodule',
};

const AT_ONCE = 1_000; // records: takes a few milliseconds

/**
 * Parses the output of `git ls-tree -r -l -z` and checks it. Yields to the
 * event loop, and of too many files reads only the number. Entries of unknown
 * kinds are left out: git's own check refuses them.
 */
export async function readTree(
  output: Buffer,
  limits: GitLimits,
): Promise<Result<TreeEntry[]>> {
  const count = countRecords(output);
  if (count > limits.maxFiles) return failed(tooManyFiles(count, limits));
  const entries: TreeEntry[] = [];
  let start = 0;
  for (let index = 1; index <= count; index += 1) {
    const end = endOf(output, start);
    const entry = readEntry(output.toString('utf8', start, end));
    if (entry) entries.push(entry);
    start = end + 1;
    if (index % AT_ONCE === 0) await setImmediate();
  }
  return checkTree(entries, limits);
}

function countRecords(output: Buffer): number {
  let count = 0;
  for (let start = 0; start < output.length; start = endOf(output, start) + 1)
    count += 1;
  return count;
}

function endOf(output: Buffer, start: number): number {
  const end = output.indexOf(0, start);
  return end === -1 ? output.length : end;
}

function readEntry(record: string): TreeEntry | undefined {
  const tab = record.indexOf('\t');
  const [mode, , id, bytes] = record.slice(0, tab).split(/ +/);
  const kind = KINDS[mode];
  return (
    kind && { kind, id, bytes: Number(bytes) || 0, path: record.slice(tab + 1) }
  );
}

/** Checks whether a revision may be stored and written to a folder. Reads only names, kinds and sizes. */
export function checkTree(
  entries: TreeEntry[],
  limits: GitLimits,
): Result<TreeEntry[]> {
  if (entries.length > limits.maxFiles)
    return failed(tooManyFiles(entries.length, limits));
  const totalBytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  if (totalBytes > limits.maxTotalBytes) {
    const [size, most] = describeTwoAmounts('memoryBytes', [
      totalBytes,
      limits.maxTotalBytes,
    ]);
    return failed(
      treeProblem('revision-too-large', {
        why: `its files take ${size}, at most ${most} are taken`,
        next: 'Keep large data out of the repository and load it at run time',
      }),
    );
  }
  for (const entry of entries) {
    const problem = checkEntry(entry, limits);
    if (problem) return failed(problem);
  }
  return ok(entries);
}

function checkEntry(
  { kind, path }: TreeEntry,
  limits: GitLimits,
): Problem | undefined {
  const shown = JSON.stringify(path.slice(0, 100));
  if (!isSafePath(path, limits.maxPathLength)) {
    return treeProblem('revision-path-unsafe', {
      why: `the path ${shown} is too long or holds a part that is not a plain file name`,
      next: 'Rename the file',
      at: { file: path.slice(0, 100) },
    });
  }
  if (kind === 'submodule') {
    return treeProblem('revision-submodule', {
      why: `${shown} is a submodule, which another repository holds`,
      next: 'Commit its files instead (git rm --cached it first), or leave it out',
      at: { file: path },
    });
  }
  return undefined;
}

/** True for a relative path of plain names: no empty segment, no `.`, `..` or `.git`, no control character. */
export function isSafePath(path: string, maxLength: number): boolean {
  if (
    path === '' ||
    Buffer.byteLength(path) > maxLength ||
    path.startsWith('/')
  )
    return false;
  if (/[\p{Cc}\\\ufffd]/u.test(path)) return false;
  return path.split('/').every(part => {
    const name = part.toLowerCase();
    return (
      name !== '' &&
      name !== '.' &&
      name !== '..' &&
      name !== '.git' &&
      Buffer.byteLength(part) <= 255
    );
  });
}

/** True when a link at `path` with this target stays inside the tree, judged by the text alone. */
export function staysInside(path: string, target: string): boolean {
  if (target === '' || target.includes('\0') || posix.isAbsolute(target))
    return false;
  if (Buffer.byteLength(target) > MAX_TARGET_BYTES) return false;
  const resolved = posix.normalize(posix.join(posix.dirname(path), target));
  return resolved !== '..' && !resolved.startsWith('../');
}

export function linkProblem(path: string): Problem {
  return treeProblem('revision-link-outside', {
    why: `the symbolic link ${JSON.stringify(
      path,
    )} leads outside of the repository or to nothing`,
    next: 'Replace the link with the file it should show',
    at: { file: path },
  });
}

/**
 * @param count - undefined when not all files were listed
 */
export function tooManyFiles(
  count: number | undefined,
  { maxFiles }: GitLimits,
): Problem {
  return treeProblem('revision-too-many-files', {
    why: `it holds ${
      count ?? `more than ${maxFiles}`
    } files, at most ${maxFiles} are taken`,
    next: 'Leave installed packages and build output out of the repository with a .gitignore',
  });
}

function treeProblem(
  code: ProblemCode,
  { why, next, at }: Pick<Problem, 'why' | 'next' | 'at'>,
): Problem {
  return {
    code,
    what: 'Cannot take this revision',
    why,
    next,
    transient: false,
    ...(at && { at }),
  };
}
