/** What a verb may touch of the world. */
export interface Io {
  /** Text of a file; `-` is standard input. Throws {@link UsageError} when it cannot be read. */
  readText(path: string): string;
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
