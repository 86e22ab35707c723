import { INSIDE, SHARED_MEMORY_BYTES, type SandboxSpec } from './SandboxSpec';

/** Words in front of a command that run it in a sandbox of bubblewrap, which ends with everything in it when its parent ends. */
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
    // Both are in memory: nothing may be filled up there.
    '--remount-ro',
    '/dev',
    '--remount-ro',
    '/',
    '--chdir',
    INSIDE.workspace,
    '--',
  ];
}
