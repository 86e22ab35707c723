// The first process of an image that Callboard built. As process 1 a program
// gets no signal that it does not handle itself, so a stop would last until the
// grace period is over. A plain Node.js program runs in this very process; any
// other is started, gets every signal, and this ends with whatever ended it.
'use strict';

const { spawn } = require('node:child_process');
const Module = require('node:module');
const { constants } = require('node:os');
const { resolve } = require('node:path');

const [command, ...args] = process.argv.slice(2);
const isNodeScript = (command === 'node' || command === process.execPath) && args.length > 0 && !args[0].startsWith('-');

if (isNodeScript) runHere(args);
else runBeside(command, args);

function runHere([script, ...rest]) {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
    // Where the program handles a signal itself, it alone decides.
    process.on(signal, () => {
      if (process.listenerCount(signal) === 1) process.exit(128 + constants.signals[signal]);
    });
  }
  process.argv = [process.execPath, resolve(script), ...rest];
  Module.runMain();
}

function runBeside(program, rest) {
  const child = spawn(program, rest, { stdio: 'inherit' });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2']) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('error', error => {
    const isMissing = error.code === 'ENOENT';
    process.stderr.write(`Cannot start ${program}: ${isMissing ? 'there is no such program in the image' : error.message}\n`);
    process.exit(isMissing ? 127 : 126);
  });
  child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code));
}
