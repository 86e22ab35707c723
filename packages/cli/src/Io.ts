import type { Judge } from './check/Judge';

/** Files below a folder. */
export interface Tree {
  /** As people named it. */
  name: string;
  /** As git lists them, sorted; neither links nor what is installed. */
  paths: readonly string[];
  /** As `Io.readBytes`, of one of the paths. */
  readBytes(
    path: string,
    maxBytes: number,
  ): { bytes: Uint8Array; size: number };
}

/** The person of a command: their terminal, their browser, and what is kept for them. */
export interface PersonIo {
  /** Whether a person reads what is written, and can be asked. */
  readonly terminal: { readonly input: boolean; readonly output: boolean };
  /**
   * Asks the person at the terminal for a line, or reads the first one of what
   * is piped in; undefined where there is none.
   *
   * @param options - `unseen`: what is typed is not shown
   */
  askLine(
    question: string,
    options?: { unseen?: boolean },
  ): Promise<string | undefined>;
  /** Aborts when the person ends the command, or nobody reads its answer any longer. */
  untilEnded(): AbortSignal;
  /** What {@link keep} kept; undefined before. */
  readKept(): string | undefined;
  /** Keeps a text for this person alone, for later commands. Returns where. */
  keep(text: string): string;
  /** Addresses of the remotes of the git repository that the command runs in. */
  listRemotes(): string[];
  /** Opens a page in a browser; false where there is none. */
  openPage(url: string): boolean;
  /** Name of this machine. */
  machineName(): string;
}

/** What a verb may touch of the world. */
export interface Io extends PersonIo {
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
  /** A folder, or one of a git revision (`main:shop`). Throws {@link UsageError} where there is none. */
  openTree(name: string): Tree;
  /** Someone who judges files of strangers; best beside this thread. */
  startJudge(): Judge;
  /** Writes a line for the answer. */
  out(line: string): void;
  /** Writes a line for what went wrong. */
  err(line: string): void;
  now(): Date;
  /** What a variable of the environment says; undefined where it is not set, or empty. */
  env(name: string): string | undefined;
  /** Asks a server, without following it elsewhere. */
  ask(url: string, request: RequestInit): Promise<Response>;
  /** Resolves after so many milliseconds, or once the signal aborts. */
  pause(ms: number, signal?: AbortSignal): Promise<void>;
  newId(): string;
}

/** A good answer, a negative one, a question that makes no sense. */
export type ExitCode = 0 | 1 | 2;

/** The command line or a file makes no sense; ends with exit code 2. */
export class UsageError extends Error {}
