/*
 * How a push is checked by the process that serves it:
 *
 *   git client ──▶ this process ──▶ git http-backend ──▶ receive-pack ──▶ hook
 *                       ▲                                                   │
 *                       └─── file descriptor 3, which each inherits ────────┘
 *
 * The hook has no logic. It sends its input from git, prints the lines that
 * come back (git shows them as `remote:` lines at once) and exits with the code
 * it receives. Without a response it refuses: a push without a check is never
 * accepted. It is a shell script and not Node.js: 50 concurrent pushes start a
 * hundred.
 *
 * Hook to portal: `pre-receive <object directory>`, git's lines, an empty line.
 * Portal to hook: `line <text>` any number of times, `exit <code>`.
 */

/** The page for the pusher when the hook gets no response any more. */
export const HOOK_PAGE = 'CALLBOARD_HOOK_PAGE';

/** A request from a hook. */
export interface HookCall {
  hook: 'pre-receive' | 'post-receive';
  /** `<before> <after> <ref>` per line, as git writes them. */
  updates: string;
  /** Directory of new objects until they are accepted. Absent when the push has none: it only deletes. */
  objectDirectory?: string;
}

/** A reply to a hook. */
export type HookReply = { line: string } | { exit: number };

/** The file that git starts, for both hooks. */
export const HOOK_PROGRAM = `#!/bin/sh
[ "$1" = probe ] && exit 0
hook=\${0##*/}
trap '' PIPE
{ printf '%s %s\\n' "$hook" "$GIT_QUARANTINE_PATH"; cat; echo; } >&3 2>/dev/null
while IFS= read -r reply <&3; do
  case $reply in
    'line '*) printf '%s\\n' "\${reply#line }" ;;
    'exit '*) exit "\${reply#exit }" ;;
  esac
done
if [ "$hook" = pre-receive ]; then
  echo 'Callboard stopped while it judged this push. Nothing was stored; push again'
else
  echo 'Callboard stopped. The push is stored and continues when Callboard is back'
  printf '%s\\n' "$${HOOK_PAGE}"
fi
exit 1
`;

/** The received part of a call, and the rest after it. */
export type ReadCall =
  | { kind: 'call'; call: HookCall; rest: string }
  | { kind: 'incomplete' }
  | { kind: 'foreign' };

/** Reads a request from a hook. `foreign`: not written by one of our hooks. */
export function readHookCall(text: string): ReadCall {
  const end = text.indexOf('\n\n');
  if (end < 0) return { kind: 'incomplete' };
  const [head, ...updates] = text.slice(0, end).split('\n');
  const [, hook, objectDirectory] =
    /^(pre-receive|post-receive) (.*)$/.exec(head) ?? [];
  if (hook !== 'pre-receive' && hook !== 'post-receive')
    return { kind: 'foreign' };
  return {
    kind: 'call',
    call: {
      hook,
      updates: updates.join('\n'),
      ...(objectDirectory && { objectDirectory }),
    },
    rest: text.slice(end + 2),
  };
}

/** Writes a reply in the hook's format: a text of several lines becomes several replies. */
export function writeHookReply(reply: HookReply): string {
  if ('exit' in reply) return `exit ${reply.exit}\n`;
  return reply.line
    .split('\n')
    .map(line => `line ${line}\n`)
    .join('');
}
