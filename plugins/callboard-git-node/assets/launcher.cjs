// Starts programs for the portal. To start one, a process is copied first, and
// copying the portal takes its event loop 15 to 100 ms; this one is small.
//
// One connection per program, frames both ways: one byte of kind, four of
// length, the payload. It ends soon after the portal, every program with it.
'use strict';

const { spawn } = require('node:child_process');
const { rmSync } = require('node:fs');
const { createServer } = require('node:net');
const { getPriority, setPriority } = require('node:os');
const { dirname } = require('node:path');

const START = 1; // { command, args, cwd, env, hasSideChannel }
const DATA = 2; // to stdin, or from stdout
const END = 3; // of stdin
const KILL = 4;
const ERRORS = 5; // from stderr
const EXIT = 6; // { code } or { error }
const SIDE = 7; // to and from file descriptor 3
const SIDE_END = 8;

const GRACE_MS = 2_000; // what the portal still has to say to a pusher goes through git

const LESS = 10; // of nice: who looks at a page waits for no program of a push

const running = new Set();
const connections = new Set();
let isEnding = false;

function exitWhenIdle() {
  if (isEnding && connections.size === 0) process.exit();
}

function serve(socket) {
  let child;
  let isOver = false;
  let received = Buffer.alloc(0);
  const send = (kind, payload) => {
    const head = Buffer.alloc(5);
    head[0] = kind;
    head.writeUInt32BE(payload.length, 1);
    socket.cork();
    socket.write(head);
    const isFree = socket.write(payload);
    socket.uncork();
    return isFree;
  };
  const finish = outcome => {
    if (isOver) return;
    isOver = true;
    send(EXIT, Buffer.from(JSON.stringify(outcome)));
    socket.end();
  };
  const forward = (stream, kind) => {
    stream.on('data', chunk => {
      if (!send(kind, chunk)) {
        stream.pause();
        socket.once('drain', () => stream.resume());
      }
    });
    stream.on('error', () => {});
  };
  const start = ({ command, args, cwd, env, hasSideChannel }) => {
    try {
      const stdio = [
        'pipe',
        'pipe',
        'pipe',
        ...(hasSideChannel ? ['pipe'] : []),
      ];
      child = spawn(command, args, { cwd, env, stdio });
    } catch ({ code, message }) {
      finish({ error: { code, message } });
      return;
    }
    running.add(child);
    forward(child.stdout, DATA);
    forward(child.stderr, ERRORS);
    if (hasSideChannel) forward(child.stdio[3], SIDE);
    child.stdin.on('error', () => {}); // it may end before it has read everything
    child.stdin.on('drain', () => socket.resume());
    child.stdin.on('close', () => socket.resume());
    child.on('error', ({ code, message }) =>
      finish({ error: { code, message } }),
    );
    child.on('close', code => {
      running.delete(child);
      finish({ code });
    });
  };
  const take = (kind, payload) => {
    if (kind === START) start(JSON.parse(payload.toString('utf8')));
    else if (!child) return;
    else if (kind === DATA) {
      const { stdin } = child;
      if (stdin.writable && !stdin.write(payload)) socket.pause();
    } else if (kind === END) child.stdin.end();
    else if (kind === SIDE) child.stdio[3].write(payload);
    else if (kind === SIDE_END) child.stdio[3]?.destroy();
    else if (kind === KILL) child.kill('SIGKILL');
  };
  socket.on('data', chunk => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    while (received.length >= 5) {
      const end = 5 + received.readUInt32BE(1);
      if (received.length < end) break;
      take(received[0], received.subarray(5, end));
      received = received.subarray(end);
    }
  });
  socket.on('error', () => {});
  connections.add(socket);
  socket.on('close', () => {
    child?.kill('SIGKILL');
    child?.stdio[3]?.destroy(); // its hooks hear that nobody answers
    connections.delete(socket);
    exitWhenIdle();
  });
}

process.on('disconnect', () => {
  isEnding = true;
  exitWhenIdle();
  setTimeout(() => {
    for (const child of running) child.kill('SIGKILL');
    process.exit();
  }, GRACE_MS);
});
// A portal that was killed removes nothing.
process.on('exit', () =>
  rmSync(dirname(process.argv[2]), { recursive: true, force: true }),
);
// The portal ends in order and takes this process along.
process.on('SIGTERM', () => {});
process.on('SIGINT', () => {});

setPriority(Math.min(19, getPriority() + LESS));
createServer(serve).listen(
  process.argv[2],
  () => process.send('ready', () => {}), // who is gone by now is told of by `disconnect`
);
