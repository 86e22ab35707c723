import type { Judge } from './check/Judge';

/** Files below a folder. */
export interface Tree {
  /** The name as given on the command line. */
  name: string;
  /** Paths as git lists them, sorted, without links and installed packages. */
  paths: readonly string[];
  /** Like `Io.readBytes`, for one of the paths. */
  readBytes(
    path: string,
    maxBytes: number,
  ): { bytes: Uint8Array; size: number };
}

/** Access to the user of a command: their terminal, their browser and the stored sign-ins. */
export interface PersonIo {
  /** Whether a person reads the output, and whether they can be asked for input. */
  readonly terminal: { readonly input: boolean; readonly output: boolean };
  /**
   * Asks the person at the terminal for a line, or reads the first line of
   * piped input; undefined when there is none.
   *
   * @param options - `unseen`: the input is not shown
   */
  askLine(
    question: string,
    options?: { unseen?: boolean },
  ): Promise<string | undefined>;
  /** Aborts when the person ends the command, or when the reader of its output has closed it. */
  untilEnded(): AbortSignal;
  /** The text that {@link keep} stored; undefined before the first call. */
  readKept(): string | undefined;
  /** Stores a text, readable for this person alone, for later commands. Returns where. */
  keep(text: string): string;
  /** Addresses of the remotes of the git repository that the command runs in. */
  listRemotes(): string[];
  /** Opens a page in a browser; false when there is none. */
  openPage(url: string): boolean;
  /** Name of this machine. */
  machineName(): string;
}

/** Access to the outside world for a verb. */
export interface Io extends PersonIo {
  /** Text of a file; `-` is standard input. Throws {@link UsageError} when it cannot be read. */
  readText(path: string): string;
  /**
   * Bytes of a file and its size; when it is larger than `maxBytes`, the size
   * is at least `maxBytes + 1` and the bytes may be empty. `-` is standard
   * input. Throws {@link UsageError} when it cannot be read.
   */
  readBytes(
    path: string,
    maxBytes: number,
  ): { bytes: Uint8Array; size: number };
  hasFile(path: string): boolean;
  /** Writes a file and the folders above it; returns false, and writes nothing, where the name is taken. */
  writeNew(path: string, text: string): boolean;
  /** Opens a folder, or a folder of a git revision (`main:shop`). Throws {@link UsageError} when there is none. */
  openTree(name: string): Tree;
  /** Starts a judge for untrusted files, preferably in another thread. */
  startJudge(): Judge;
  /** Writes a line to standard output. */
  out(line: string): void;
  /** Writes a line to standard error. */
  err(line: string): void;
  now(): Date;
  /** Value of an environment variable; undefined when it is not set, or empty. */
  env(name: string): string | undefined;
  /** Sends a request to a server, without following redirects. */
  ask(url: string, request: RequestInit): Promise<Response>;
  /** Resolves after this many milliseconds, or once the signal aborts. */
  pause(ms: number, signal?: AbortSignal): Promise<void>;
  newId(): string;
}

/** 0: a good answer. 1: a negative one. 2: a usage error. */
export type ExitCode = 0 | 1 | 2;

/** The command line or a file is invalid; ends with exit code 2. */
export class UsageError extends Error {}
