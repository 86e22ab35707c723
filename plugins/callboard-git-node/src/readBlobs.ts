import { once } from 'node:events';
import type { StartProgram } from './launcher';

export interface BlobRun {
  start: StartProgram;
  git: string;
  gitDir: string;
  env: Record<string, string>;
  timeoutMs: number;
}

/** A part of a file's content; `end` marks its last part (which may be empty). */
export interface BlobPart {
  index: number;
  bytes: Buffer;
  end: boolean;
}

/**
 * Streams the content of many blobs through one git process, in the order of
 * `ids`. Never holds more than one part in memory.
 *
 * Throws when an object is missing or git ends early: the caller has just read
 * these ids from a tree, so the repository is damaged and the failure is not an
 * expected one.
 *
 * Protocol of `git cat-file --batch`: for every id written, a line `<id> blob
 * <bytes>`, the bytes, and a newline.
 */
export async function* readBlobs(
  run: BlobRun,
  ids: string[],
): AsyncGenerator<BlobPart> {
  if (ids.length === 0) return;
  const child = run.start(
    run.git,
    [`--git-dir=${run.gitDir}`, 'cat-file', '--batch'],
    { cwd: run.gitDir, env: run.env },
  );
  child.stderr.resume();
  const timer = setTimeout(() => child.kill('SIGKILL'), run.timeoutMs);
  child.stdin.on('error', () => {}); // the missing response reports it
  const closed = once(child, 'close');
  closed.catch(() => {});
  child.stdin.end(ids.map(id => `${id}\n`).join(''));

  let index = 0;
  let header = '';
  let state:
    | { at: 'header' }
    | { at: 'content'; left: number }
    | { at: 'newline' } = { at: 'header' };
  try {
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      let rest: Buffer = chunk;
      while (rest.length > 0) {
        if (state.at === 'header') {
          const newline = rest.indexOf(0x0a);
          header += rest
            .subarray(0, newline < 0 ? rest.length : newline)
            .toString('utf8');
          rest =
            newline < 0
              ? rest.subarray(rest.length)
              : rest.subarray(newline + 1);
          if (newline < 0) continue;
          const bytes = bytesIn(header);
          header = '';
          if (bytes === 0) yield { index, bytes: Buffer.alloc(0), end: true };
          state =
            bytes === 0 ? { at: 'newline' } : { at: 'content', left: bytes };
        } else if (state.at === 'content') {
          const part: Buffer = rest.subarray(0, state.left);
          rest = rest.subarray(part.length);
          const left: number = state.left - part.length;
          yield { index, bytes: part, end: left === 0 };
          state = left === 0 ? { at: 'newline' } : { at: 'content', left };
        } else {
          rest = rest.subarray(1);
          index += 1;
          state = { at: 'header' };
        }
      }
    }
    if (index < ids.length)
      throw new Error(`git gave ${index} of ${ids.length} objects and ended`);
  } finally {
    clearTimeout(timer);
    child.kill('SIGKILL');
    await closed.catch(() => {});
  }
}

function bytesIn(header: string): number {
  const match = /^[0-9a-f]+ blob (\d+)$/.exec(header);
  if (!match)
    throw new Error(
      `git answered ${JSON.stringify(header.slice(0, 100))} instead of a blob`,
    );
  return Number(match[1]);
}
