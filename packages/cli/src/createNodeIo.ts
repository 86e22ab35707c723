import { readFileSync } from 'node:fs';
import { type Io, UsageError } from './Io';

/** The process's own files, streams and clock. */
export function createNodeIo(): Io {
  return {
    readText(path) {
      try {
        return readFileSync(path === '-' ? 0 : path, 'utf8');
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        throw new UsageError(
          `Cannot read ${path === '-' ? 'standard input' : path}: ${why}`,
        );
      }
    },
    out: line => process.stdout.write(`${line}\n`),
    err: line => process.stderr.write(`${line}\n`),
    now: () => new Date(),
  };
}
