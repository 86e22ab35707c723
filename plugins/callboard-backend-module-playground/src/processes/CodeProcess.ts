import type { Socket } from 'node:net';

export interface CodeExit {
  code: number;
  signal?: string;
  /** Reason in a container's status, such as `OOMKilled`. */
  reason?: string;
  message?: string;
}

/** A running process of pushed code. */
export interface CodeProcess {
  readonly pid: number | undefined;
  /** Resolves at its end, after its last line of output. */
  readonly ended: Promise<CodeExit>;
  /** Opens a connection to one of its ports that is not reachable otherwise. */
  dial?(port: number): Promise<Socket>;
  /** Runs a command beside it: same folder, user, variables and namespaces. */
  exec(
    command: string[],
    timeoutMs: number,
  ): Promise<{ code: number; output: string }>;
  /** Sends SIGTERM, then SIGKILL after `graceMs`. `ended` resolves at the end. */
  stop(graceMs: number): void;
}

export interface CodeStart {
  id: string;
  command: string[];
  env: Record<string, string>;
  onLog(lines: readonly string[]): void;
}
