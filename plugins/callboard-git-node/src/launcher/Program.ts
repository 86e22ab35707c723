import type { Duplex, Readable, Writable } from 'node:stream';

export interface ProgramOptions {
  cwd: string;
  /** Its complete environment. */
  env: Record<string, string>;
  /** Opens its file descriptor 3, which its own child processes inherit. */
  hasSideChannel?: boolean;
}

/** A running program: the part of Node's `ChildProcess` that is used. */
export interface Program extends NodeJS.EventEmitter {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** The other end of its file descriptor 3, if requested. */
  readonly sideChannel?: Duplex;
  kill(signal: 'SIGKILL'): void;
  /** Called with its exit code, null when a signal ended it; after its output was read. */
  on(event: 'close', listener: (code: number | null) => void): this;
  /** Called when it could not be started. */
  on(event: 'error', listener: (error: Error) => void): this;
}

/** Starts a program; there is no shell. */
export type StartProgram = (
  command: string,
  args: readonly string[],
  options: ProgramOptions,
) => Program;
