/*
 * How a push is judged by the process that serves it:
 *
 *   git client ──▶ this process ──▶ git http-backend ──▶ receive-pack ──▶ hook
 *                       ▲                                                   │
 *                       └──────── loopback, one line of JSON ───────────────┘
 *
 * The hook knows nothing. It sends what git told it, prints the lines that come
 * back (git shows them as `remote:` lines at once) and ends with the exit code
 * it is given. Without an answer it refuses: a push that nobody judged never
 * goes on.
 */

/** Variables by which the hook finds its way back; set for each push. */
export const HOOK_PORT = 'CALLBOARD_HOOK_PORT';
export const HOOK_SECRET = 'CALLBOARD_HOOK_SECRET';
/** Where a pusher reads on when nobody answers the hook any more. */
export const HOOK_PAGE = 'CALLBOARD_HOOK_PAGE';

/** What the hook sends, as one line. */
export interface HookCall {
  secret: string;
  hook: 'pre-receive' | 'post-receive';
  /** `<before> <after> <ref>` per line, as git writes them. */
  updates: string;
  /** Where new objects lie until they are accepted. Absent when the push brings none: it only deletes. */
  objectDirectory?: string;
}

/** What it gets back, one line each. */
export type HookReply = { line: string } | { exit: number };

/** The hook's program. Plain CommonJS without imports beyond Node's, run with the Node of this process. */
export const HOOK_PROGRAM = `'use strict';
const { connect } = require('node:net');
const { createInterface } = require('node:readline');
const hook = process.argv[2];
let updates = '';
process.stdin.setEncoding('utf8');
process.stdin.on('data', chunk => { updates += chunk; });
process.stdin.on('end', () => {
  const socket = connect({ host: '127.0.0.1', port: Number(process.env.${HOOK_PORT}) });
  let code;
  socket.on('connect', () => {
    socket.write(JSON.stringify({
      secret: process.env.${HOOK_SECRET},
      hook,
      updates,
      objectDirectory: process.env.GIT_QUARANTINE_PATH,
    }) + '\\n');
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    if (code === undefined) {
      process.stdout.write(hook === 'pre-receive'
        ? 'Callboard stopped while it judged this push. Nothing was stored; push again\\n'
        : 'Callboard stopped. The push is stored and continues when Callboard is back\\n' + process.env.${HOOK_PAGE} + '\\n');
    }
    process.exitCode = code === undefined ? 1 : code;
  });
  createInterface({ input: socket }).on('line', text => {
    const reply = JSON.parse(text);
    if (reply.line !== undefined) process.stdout.write(reply.line + '\\n');
    if (reply.exit !== undefined) { code = reply.exit; socket.end(); }
  });
});
`;

/** The file that git starts. The shell only hands over; both paths are ours and quoted. */
export function hookLauncher(options: {
  node: string;
  program: string;
  hook: HookCall['hook'];
}): string {
  const [node, program] = [options.node, options.program].map(
    path => `'${path.replaceAll("'", `'\\''`)}'`,
  );
  return `#!/bin/sh\n[ "$1" = probe ] && exit 0\nexec ${node} ${program} ${options.hook}\n`;
}
