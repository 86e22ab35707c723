import type {
  RunArea,
  RunFolder,
  ShownFolder,
} from '@callboard/plugin-callboard-sandbox-node';

/** A program that a process runs, after its folder is prepared. */
export interface Program {
  prepare(
    run: RunFolder,
    area: RunArea,
  ): Promise<PreparedProgram | UnpreparedProgram>;
}

export interface PreparedProgram {
  ok: true;
  command: string[];
  env: Record<string, string>;
  /** Ports on which it listens, by the port that its container declares. */
  ports: ReadonlyMap<number, number>;
  /** Working folder, where that is not the run's own. */
  workspace?: string;
  /** Folders of the portal that are mounted into the run's own, for a user who may not read the portal's. */
  shown?: readonly ShownFolder[];
  /** Outside paths that are mounted read-only in a sandbox, by inside path. */
  readOnly: ReadonlyArray<readonly [inside: string, outside: string]>;
}

/** Why a container cannot start, as in its status. */
export interface UnpreparedProgram {
  ok: false;
  reason: string;
  message: string;
}
