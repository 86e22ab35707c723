import { type ChildProcess, spawn } from 'node:child_process';
import type { UserRange } from './peers/pushedCodePeers';

/** Reads until there is nobody any more who could write. */
const AWAIT_END = 'while read -r line; do :; done';

/** Ends everything of the users, three times over: they may start more meanwhile. */
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

/** Ends everything that was started with the mark, until nothing is found, and at most so often. */
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
 * Starts a shell that ends what runs as one of the users once this process is gone,
 * however it ended. For pushed code without namespaces: what left its session
 * there does not end with its first process.
 */
export function startReaper({ first, last }: UserRange): ChildProcess {
  return startShell(END_USERS, [`${first}`, `${last}`]);
}

/**
 * As {@link startReaper}, for pushed code that shares the user of this process: it
 * is known by a variable of the environment that it was started with, as all that
 * it started has too unless it took pains not to.
 *
 * @param mark - name and begin of the value, without signs that mean something in a pattern
 */
export function startMarkReaper(mark: string): ChildProcess {
  return startShell(END_MARKED, [mark]);
}

function startShell(script: string, args: string[]): ChildProcess {
  const reaper = spawn('sh', ['-c', script, 'reaper', ...args], {
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { PATH: '/usr/bin:/bin' },
    cwd: '/',
    detached: true, // what ends the group of this process does not end it
  });
  reaper.on('error', () => undefined); // a machine without a shell runs no pushed code either
  reaper.unref();
  (reaper.stdin as unknown as { unref(): void } | null)?.unref();
  return reaper;
}
