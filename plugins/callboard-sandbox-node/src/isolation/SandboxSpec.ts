/** What a program sees of this machine: what is named here, /usr, and nothing else. Its network is a loopback of its own. */
export interface SandboxSpec {
  /** Folder that becomes `/workspace`; the program starts in it. */
  workspace: string;
  /** Folder that becomes `/tmp`. */
  tmp: string;
  /** Empty folder over which the sandbox is put together. */
  root: string;
  /** Outside paths by inside path, absolute; the program cannot write to them. */
  readOnly: ReadonlyArray<readonly [inside: string, outside: string]>;
  /** Symbolic links of the root folder: `/bin` to `usr/bin`. */
  links: ReadonlyArray<readonly [inside: string, target: string]>;
  uid: number;
  gid: number;
}

/** Where the program's files lie inside. */
export const INSIDE = {
  workspace: '/workspace',
  node: '/run/callboard/bin/node',
  helper: '/run/callboard/helper.cjs',
  door: '/run/callboard/door.sock',
  egress: '/run/callboard/egress.sock',
} as const;

export const SHARED_MEMORY_BYTES = 64 * 1024 ** 2; // of /dev/shm, as container engines give
