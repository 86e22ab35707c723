import type {
  RunArea,
  RunFolder,
  ShownFolder,
} from '@callboard/plugin-callboard-sandbox-node';

/** What a process runs, once its folder is filled. */
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
  /** Where it listens, by the port that its container declares. */
  ports: ReadonlyMap<number, number>;
  /** Folder that it works in, where that is not the run's own. */
  workspace?: string;
  /** Folders of the portal that appear in the run's own, for a user who may not look into the portal's. */
  shown?: readonly ShownFolder[];
  /** Outside paths that a sandbox shows read-only, by inside path. */
  readOnly: ReadonlyArray<readonly [inside: string, outside: string]>;
}

/** Why a container cannot start, as its status says it. */
export interface UnpreparedProgram {
  ok: false;
  reason: string;
  message: string;
}
