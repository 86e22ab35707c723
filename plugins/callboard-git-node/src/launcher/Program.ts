import type { Duplex, Readable, Writable } from 'node:stream';

export interface ProgramOptions {
  cwd: string;
  /** Its whole environment. */
  env: Record<string, string>;
  /** Gives it a file descriptor 3, which what it starts inherits. */
  hasSideChannel?: boolean;
}

/** A program that runs: what is used of Node's `ChildProcess`. */
export interface Program extends NodeJS.EventEmitter {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** The other end of its file descriptor 3, where that was asked for. */
  readonly sideChannel?: Duplex;
  kill(signal: 'SIGKILL'): void;
  /** With its exit code, null where a signal ended it; after its output was read. */
  on(event: 'close', listener: (code: number | null) => void): this;
  /** It could not be started. */
  on(event: 'error', listener: (error: Error) => void): this;
}

/** Starts a program; there is no shell. */
export type StartProgram = (
  command: string,
  args: readonly string[],
  options: ProgramOptions,
) => Program;
