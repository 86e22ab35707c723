import { INSIDE, SHARED_MEMORY_BYTES, type SandboxSpec } from './SandboxSpec';

/**
 * Returns the command prefix that runs a command in a sandbox of bubblewrap.
 * The sandbox and everything in it end with its parent.
 */
export function bwrapCommand(spec: SandboxSpec): string[] {
  const { workspace, tmp, readOnly, links, uid, gid } = spec;
  return [
    'bwrap',
    '--unshare-user',
    '--unshare-pid',
    '--unshare-ipc',
    '--unshare-uts',
    '--unshare-net',
    '--die-with-parent',
    '--hostname',
    'app',
    '--uid',
    `${uid}`,
    '--gid',
    `${gid}`,
    ...links.flatMap(([inside, target]) => ['--symlink', target, inside]),
    '--proc',
    '/proc',
    '--dev',
    '/dev',
    '--size',
    `${SHARED_MEMORY_BYTES}`,
    '--tmpfs',
    '/dev/shm',
    '--bind',
    tmp,
    '/tmp',
    '--bind',
    workspace,
    INSIDE.workspace,
    ...readOnly.flatMap(([inside, outside]) => ['--ro-bind', outside, inside]),
    // Both are in memory: read-only, so that they cannot be filled.
    '--remount-ro',
    '/dev',
    '--remount-ro',
    '/',
    '--chdir',
    INSIDE.workspace,
    '--',
  ];
}
