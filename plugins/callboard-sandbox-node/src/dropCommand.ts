import type { OtherUser } from './otherUser';

/**
 * Returns the command prefix that runs a command as a user, without a way back
 * to more privileges, and ends it with this process (also with kill -9).
 *
 * @remarks setpriv is part of Debian's util-linux, which is always installed.
 */
export function dropCommand(user: OtherUser | undefined): string[] {
  return [
    'setpriv',
    ...(user
      ? [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups']
      : []),
    '--no-new-privs',
    '--pdeathsig',
    'KILL',
    '--',
  ];
}
