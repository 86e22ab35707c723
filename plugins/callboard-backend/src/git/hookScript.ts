/*
 * How a push is judged by the process that serves it:
 *
 *   git client ──▶ this process ──▶ git http-backend ──▶ receive-pack ──▶ hook
 *                       ▲                                                   │
 *                       └─── file descriptor 3, which each inherits ────────┘
 *
 * The hook knows nothing. It sends what git told it, prints the lines that come
 * back (git shows them as `remote:` lines at once) and ends with the exit code
 * it is given. Without an answer it refuses: a push that nobody judged never
 * goes on. It is a shell and no Node.js: 50 pushes at once start a hundred.
 *
 * Hook to portal: `pre-receive <object directory>`, git's lines, an empty line.
 * Portal to hook: `line <text>` any number of times, `exit <code>`.
 */

/** Where a pusher reads on when nobody answers the hook any more. */
export const HOOK_PAGE = 'CALLBOARD_HOOK_PAGE';

/** What a hook sends. */
export interface HookCall {
  hook: 'pre-receive' | 'post-receive';
  /** `<before> <after> <ref>` per line, as git writes them. */
  updates: string;
  /** Where new objects lie until they are accepted. Absent when the push brings none: it only deletes. */
  objectDirectory?: string;
}

/** What it gets back. */
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

/** What has arrived of a call, and what follows it. */
export type ReadCall =
  | { kind: 'call'; call: HookCall; rest: string }
  | { kind: 'incomplete' }
  | { kind: 'foreign' };

/** Reads what a hook sends. Foreign is what no hook of ours says. */
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

/** As the hook reads it: a text of several lines is several replies. */
export function writeHookReply(reply: HookReply): string {
  if ('exit' in reply) return `exit ${reply.exit}\n`;
  return reply.line
    .split('\n')
    .map(line => `line ${line}\n`)
    .join('');
}
