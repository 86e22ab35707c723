import { type ChildProcess, spawn } from 'node:child_process';
import type { UserRange } from './peers/pushedCodePeers';

/** Reads until all writers have ended. */
const AWAIT_END = 'while read -r line; do :; done';

/** Ends all processes of the users, three times: they may start more meanwhile. */
const END_USERS = `
${AWAIT_END}
for try in 1 2 3; do
  for uid in $(stat -c %u /proc/[0-9]* 2>/dev/null | sort -u); do
    if [ "$uid" -ge "$1" ] && [ "$uid" -le "$2" ]; then
      setpriv --reuid="$uid" --regid="$uid" --clear-groups -- sh -c 'kill -KILL -1'
    fi
  done
done
`;

/** Ends all processes with the mark, until none is found, and at most so many times. */
const END_MARKED = `
${AWAIT_END}
for try in 1 2 3 4 5 6 7 8 9 10; do
  found=$(grep -lsza "^$1" /proc/[0-9]*/environ)
  [ -n "$found" ] || break
  for environ in $found; do
    pid=\${environ#/proc/}
    kill -KILL "\${pid%/environ}"
  done
done
`;

/**
 * Starts a shell that ends the processes of the users once this process has
 * ended, for whatever reason. For pushed code without namespaces: processes
 * that left its session do not end with its first process.
 */
export function startReaper({ first, last }: UserRange): ChildProcess {
  return startShell(END_USERS, [`${first}`, `${last}`]);
}

/**
 * Like {@link startReaper}, for pushed code that shares the user of this
 * process: it is identified by a variable of its environment, which its child
 * processes inherit unless they remove it.
 *
 * @param mark - name and start of the value, without characters that are
 *   special in a pattern
 */
export function startMarkReaper(mark: string): ChildProcess {
  return startShell(END_MARKED, [mark]);
}

function startShell(script: string, args: string[]): ChildProcess {
  const reaper = spawn('sh', ['-c', script, 'reaper', ...args], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { PATH: '/usr/bin:/bin' },
    cwd: '/',
    detached: true, // a signal to our process group does not end it
  });
  reaper.on('error', () => undefined); // a machine without a shell runs no pushed code either
  reaper.unref();
  (reaper.stdin as unknown as { unref(): void } | null)?.unref();
  return reaper;
}
