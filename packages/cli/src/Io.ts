import type { Judge } from './check/Judge';

/** What a verb may touch of the world. */
export interface Io {
  /** Text of a file; `-` is standard input. Throws {@link UsageError} when it cannot be read. */
  readText(path: string): string;
  /**
   * Bytes of a file and how many it has; at least `maxBytes + 1` where it has more, or none.
   * `-` is standard input. Throws {@link UsageError} when it cannot be read.
   */
  readBytes(
    path: string,
    maxBytes: number,
  ): { bytes: Uint8Array; size: number };
  hasFile(path: string): boolean;
  /** Someone who judges files of strangers beside this thread; in it when there is none. */
  startJudge?(): Judge;
  /** Writes a line for the answer. */
  out(line: string): void;
  /** Writes a line for what went wrong. */
  err(line: string): void;
  now(): Date;
}

/** A good answer, a negative one, a question that makes no sense. */
export type ExitCode = 0 | 1 | 2;

/** The command line or a file makes no sense; ends with exit code 2. */
export class UsageError extends Error {}
