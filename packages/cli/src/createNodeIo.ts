import { readFileSync } from 'node:fs';
import { type Io, UsageError } from './Io';

const STANDARD_INPUT = 0;

/** What the system's codes mean to who typed a path. */
const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder; name the files in it',
  EACCES: 'it may not be read',
  EAGAIN: 'nothing is written to it',
  ERR_STRING_TOO_LONG: 'it is too large',
  ERR_FS_FILE_TOO_LARGE: 'it is too large',
};

/** The process's own files, streams and clock. */
export function createNodeIo(): Io {
  let readsInput = false;
  return {
    readText(path) {
      if (path !== '-') return read(path, path);
      if (readsInput) {
        throw new UsageError(
          'Standard input can be read once: give - for one option only; clusters may stand beside the policy',
        );
      }
      readsInput = true;
      return read(STANDARD_INPUT, 'standard input');
    },
    out: line => process.stdout.write(`${line}\n`),
    err: line => process.stderr.write(`${line}\n`),
    now: () => new Date(),
  };
}

function read(source: string | number, name: string): string {
  try {
    return readFileSync(source, 'utf8');
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new UsageError(`Cannot read ${name}: ${REASONS[code] ?? message}`);
  }
}
