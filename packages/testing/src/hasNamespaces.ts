import { spawnSync } from 'node:child_process';

const NOBODY = 65_534;
const WORDS = {
  bwrap: ['bwrap', '--unshare-all', '--ro-bind', '/', '/', 'true'],
  unshare: ['unshare', '--user', '--map-root-user', '--mount', '--net', 'true'],
};

/** Whether an unprivileged user of this machine may create namespaces with a program. */
export function hasNamespaces(program: keyof typeof WORDS): boolean {
  const user = process.getuid?.() === 0 && { uid: NOBODY, gid: NOBODY };
  const [command, ...args] = WORDS[program];
  return spawnSync(command, args, { cwd: '/', ...user }).status === 0;
}
