/**
 * The part of this machine that a program can access: the paths below, /usr,
 * and nothing else. Its network is a loopback of its own.
 */
export interface SandboxSpec {
  /** Folder that becomes `/workspace`; the program starts in it. */
  workspace: string;
  /** Folder that becomes `/tmp`. */
  tmp: string;
  /** Empty folder in which the sandbox is assembled. */
  root: string;
  /** Outside paths by inside path, absolute; read-only for the program. */
  readOnly: ReadonlyArray<readonly [inside: string, outside: string]>;
  /** Symbolic links of the root folder: `/bin` to `usr/bin`. */
  links: ReadonlyArray<readonly [inside: string, target: string]>;
  uid: number;
  gid: number;
}

/** Paths of the program's files inside. */
export const INSIDE = {
  workspace: '/workspace',
  node: '/run/callboard/bin/node',
  helper: '/run/callboard/helper.cjs',
  door: '/run/callboard/door.sock',
  egress: '/run/callboard/egress.sock',
} as const;

export const SHARED_MEMORY_BYTES = 64 * 1024 ** 2; // of /dev/shm, the default of container engines
