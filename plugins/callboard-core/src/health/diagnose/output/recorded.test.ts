import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describeSubject, readLines, readOutputError } from '.';

/*
 * Outputs as runtimes printed them when small programs in /tmp/shop failed:
 * Node.js 24.21, Python 3.11.7, Go 1.26.8, OpenJDK 17.0.15 and Rust 1.95.
 */
const FOLDER = join(__dirname, '__fixtures__', 'recorded');

/** The headline of each output, what it is about, and how much of its stack is shown. */
const TOLD: Record<string, [headline: string, ...rest: string[]]> = {
  'go-panic.txt': [
    'panic: DATABASE_URL is not set',
    '\t/tmp/shop/main.go:8',
    '    … 4 more stack frames',
    '=> the variable DATABASE_URL is not set',
  ],
  'go-port.txt': [
    '2026/11/21 07:14:56 listen tcp 127.0.0.1:22001: bind: address already in use',
    '=> port 22001 is already taken',
  ],
  'java-cause.txt': [
    'java.net.UnknownHostException: db.invalid: Name or service not known',
    '\tat Shop.open(Shop.java:5)',
    '    … 8 more stack frames',
    '=> the name "db.invalid" is unknown',
  ],
  'node-cause.txt': [
    'Error: connect ECONNREFUSED 127.0.0.1:1',
    '    … 1 more stack frame',
    '=> nothing answers at 127.0.0.1:1',
  ],
  'node-module.txt': [
    "Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'express' imported from /tmp/shop/package.mjs",
    '    … 10 more stack frames',
    '=> the package "express" is missing',
  ],
  'node-package.txt': [
    "Error: Cannot find module 'express'",
    '    at Object.<anonymous> (/tmp/shop/package.js:1:17)',
    '    … 9 more stack frames',
    '=> the package "express" is missing',
  ],
  'node-variable.txt': [
    'Error: DATABASE_URL is not set',
    '    at connect (/tmp/shop/server.js:3:40)',
    '    … 8 more stack frames',
    '=> the variable DATABASE_URL is not set',
  ],
  'python-package.txt': [
    "ModuleNotFoundError: No module named 'sinatra_flask'",
    '  File "/tmp/shop/package.py", line 1, in <module>',
    '    … 1 more stack frame',
    '=> the package "sinatra_flask" is missing',
  ],
  'python-variable.txt': [
    "KeyError: 'DATABASE_URL'",
    '  File "/tmp/shop/main.py", line 4, in connect',
    '    … 5 more stack frames',
    '=> the variable DATABASE_URL is not set',
  ],
  'rust-panic.txt': [
    'panicked at main.rs:2:45: DATABASE_URL must be set: NotPresent',
    '    … 9 more stack frames',
    '=> the variable DATABASE_URL is not set',
  ],
};

describe('an output that was recorded', () => {
  it('is expected for every file, and no other', () => {
    expect(readdirSync(FOLDER).sort()).toEqual(Object.keys(TOLD).sort());
  });

  it.each(Object.entries(TOLD))('%s leads with its cause', (file, expected) => {
    const output = readFileSync(join(FOLDER, file), 'utf8');
    const error = readOutputError(readLines(output), { hasEnded: true });
    expect([
      ...(error?.excerpt ?? []),
      ...(error?.subject ? [`=> ${describeSubject(error.subject)}`] : []),
    ]).toEqual(expected);
  });
});
