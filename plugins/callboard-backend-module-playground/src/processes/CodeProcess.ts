import type { Socket } from 'node:net';

export interface CodeExit {
  code: number;
  signal?: string;
  /** As a container's status names it: `OOMKilled`. */
  reason?: string;
  message?: string;
}

/** A process of pushed code that runs. */
export interface CodeProcess {
  readonly pid: number | undefined;
  /** Its end, after its last line of output. */
  readonly ended: Promise<CodeExit>;
  /** Opens a connection to one of its ports, where only this can reach it. */
  dial?(port: number): Promise<Socket>;
  /** Runs a command beside it: same folder, user, variables and namespaces. */
  exec(
    command: string[],
    timeoutMs: number,
  ): Promise<{ code: number; output: string }>;
  /** Asks it to end and insists after `graceMs`. `ended` tells when it has. */
  stop(graceMs: number): void;
}

export interface CodeStart {
  id: string;
  command: string[];
  env: Record<string, string>;
  onLog(lines: readonly string[]): void;
}
