import type { ExitCode, Io } from '../Io';

/** One command: `callboard NAME …`. */
export interface Verb {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Output of `callboard NAME --help`. */
  readonly usage: string;
  run(args: string[], io: Io): ExitCode | Promise<ExitCode>;
}
