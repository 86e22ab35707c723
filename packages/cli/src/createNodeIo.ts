import { randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { WorkerJudge } from './check/WorkerJudge';
import { type Io, UsageError } from './Io';
import { createPersonIo } from './createPersonIo';
import { openTree } from './openTree';

const STANDARD_INPUT = 0;
const PART_BYTES = 64 * 1024;
const WAIT_MS = 10;

/** Explanations of the system's error codes for the person who typed a path. */
const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder; name the files in it',
  EACCES: 'it may not be read',
  ERR_STRING_TOO_LONG: 'it is too large',
  ERR_FS_FILE_TOO_LARGE: 'it is too large',
};

/**
 * Io with the process's own files, streams and clock.
 *
 * @param judgeProgram - the program of the thread that judges untrusted files
 */
export function createNodeIo(judgeProgram: string): Io {
  let readsInput = false;
  /** The file or descriptor behind a path, and its name for people. */
  function open(path: string): [string | number, string] {
    if (path !== '-') return [path, path];
    if (readsInput) {
      throw new UsageError(
        'Standard input can be read once: give - for one option only; clusters may stand beside the policy',
      );
    }
    readsInput = true;
    return [STANDARD_INPUT, 'standard input'];
  }
  function readFile(path: string, maxBytes: number) {
    const [source, name] = open(path);
    return explained(name, () => readAtMost(source, maxBytes));
  }
  return {
    readText(path) {
      const [source, name] = open(path);
      return explained(name, () =>
        source === STANDARD_INPUT
          ? readToEnd(source).toString('utf8')
          : readFileSync(source, 'utf8'),
      );
    },
    readBytes: readFile,
    hasFile: path => existsSync(path),
    writeNew,
    openTree: name => openTree(name, readFile),
    startJudge: () => new WorkerJudge(judgeProgram),
    out: line => process.stdout.write(`${line}\n`),
    err: line => process.stderr.write(`${line}\n`),
    now: () => new Date(),
    env: name => process.env[name] || undefined,
    ask: (url, request) => fetch(url, { ...request, redirect: 'manual' }),
    pause: (ms, signal) =>
      setTimeout(ms, undefined, { signal }).catch(() => undefined),
    newId: randomUUID,
    ...createPersonIo(),
  };
}

function writeNew(path: string, text: string): boolean {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    throw new UsageError(`Cannot write ${path}: ${message}`);
  }
}

function explained<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new UsageError(`Cannot read ${name}: ${REASONS[code] ?? message}`);
  }
}

/** Does not read a file that is too large; reads a pipe until it is too large. */
function readAtMost(
  source: string | number,
  maxBytes: number,
): { bytes: Uint8Array; size: number } {
  const file = typeof source === 'number' ? source : openSync(source, 'r');
  try {
    const stats = fstatSync(file);
    if (stats.isFile() && stats.size > maxBytes)
      return { bytes: new Uint8Array(), size: stats.size };
    const parts: Buffer[] = [];
    let size = 0;
    while (size <= maxBytes) {
      const isWhole = size === 0 && stats.isFile();
      const part = Buffer.allocUnsafe(isWhole ? stats.size + 1 : PART_BYTES);
      const length = readPart(file, part);
      if (length === 0) break;
      parts.push(part.subarray(0, length));
      size += length;
    }
    return { bytes: Buffer.concat(parts), size };
  } finally {
    if (typeof source === 'string') closeSync(file);
  }
}

function readToEnd(file: number): Buffer {
  return Buffer.from(readAtMost(file, Number.POSITIVE_INFINITY).bytes);
}

/** Waits for a slow writer: a non-blocking pipe reports that there is nothing yet. */
function readPart(file: number, part: Buffer): number {
  for (;;) {
    try {
      return readSync(file, part, 0, part.length, null);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT_MS);
    }
  }
}
