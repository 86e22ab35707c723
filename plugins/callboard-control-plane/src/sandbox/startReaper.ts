import { type ChildProcess, spawn } from 'node:child_process';
import type { UserRange } from './peers/pushedCodePeers';

/** Reads until there is nobody any more who could write, then ends everything of the users, three times over: they may start more meanwhile. */
const SCRIPT = `
while read -r line; do :; done
for try in 1 2 3; do
  for uid in $(stat -c %u /proc/[0-9]* 2>/dev/null | sort -u); do
    if [ "$uid" -ge "$1" ] && [ "$uid" -le "$2" ]; then
      setpriv --reuid="$uid" --regid="$uid" --clear-groups -- sh -c 'kill -KILL -1'
    fi
  done
done
`;

/**
 * Starts a shell that ends what runs as one of the users once this process is gone,
 * however it ended. For pushed code without namespaces: what left its session
 * there does not end with its first process.
 */
export function startReaper({ first, last }: UserRange): ChildProcess {
  const reaper = spawn('sh', ['-c', SCRIPT, 'reaper', `${first}`, `${last}`], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { PATH: '/usr/bin:/bin' },
    cwd: '/',
    detached: true, // what ends the group of this process does not end it
  });
  reaper.unref();
  (reaper.stdin as unknown as { unref(): void }).unref();
  return reaper;
}
