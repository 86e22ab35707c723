// The first process of an image that Callboard built. As process 1 a program
// gets no signal that it does not handle itself, so a stop would last until the
// grace period is over. A plain Node.js program runs in this very process; any
// other is started, gets every signal, and this ends with whatever ended it.
'use strict';

const { spawn } = require('node:child_process');
const Module = require('node:module');
const { constants } = require('node:os');
const { resolve } = require('node:path');

const HANDED_ON = [
  'SIGTERM',
  'SIGINT',
  'SIGHUP',
  'SIGQUIT',
  'SIGUSR1',
  'SIGUSR2',
];

const [command, ...args] = process.argv.slice(2);
const isNodeScript =
  (command === 'node' || command === process.execPath) &&
  args.length > 0 &&
  !args[0].startsWith('-');

if (isNodeScript) runHere(args);
else runBeside(command, args);

function runHere([script, ...rest]) {
  ['SIGTERM', 'SIGINT', 'SIGHUP'].forEach(endOnSignal);
  process.argv = [process.execPath, resolve(script), ...rest];
  Module.runMain();
}

/**
 * Does what the kernel does for every process but the first: ends it on a signal
 * that nobody handles. Ours steps aside while the program has a handler, so that
 * programs which look whether they are the only one to listen are not misled.
 */
function endOnSignal(signal) {
  const end = () => process.exit(128 + constants.signals[signal]);
  process.on(signal, end);
  process.on('newListener', (event, listener) => {
    if (event !== signal || listener === end) return;
    // Later: while nobody listens, Node.js gives the signal back to the kernel.
    process.nextTick(() => {
      if (process.listenerCount(signal) > 1)
        process.removeListener(signal, end);
    });
  });
  process.on('removeListener', (event, listener) => {
    if (
      event === signal &&
      listener !== end &&
      process.listenerCount(signal) === 0
    )
      process.on(signal, end);
  });
}

function runBeside(program, rest) {
  const running = {};
  const handOn = signal => running.child.kill(signal);
  // Before the program starts: a signal between the two would end this one alone.
  HANDED_ON.forEach(signal => process.on(signal, handOn));
  const child = spawn(program, rest, { stdio: 'inherit' });
  running.child = child;
  child.on('error', error => {
    const isMissing = error.code === 'ENOENT';
    const why = isMissing
      ? 'there is no such program in the image'
      : error.message;
    process.stderr.write(`Cannot start ${program}: ${why}\n`);
    process.exit(isMissing ? 127 : 126);
  });
  child.on('exit', (code, signal) =>
    process.exit(signal ? 128 + constants.signals[signal] : code),
  );
}
