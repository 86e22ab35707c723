import { execFileSync, spawn } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { homedir, hostname } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { isatty } from 'node:tty';
import { type PersonIo, UsageError } from './Io';

const MOST_BYTES = 1024 * 1024; // of remotes
const GIT_MS = 5_000;
const OPENERS = ['xdg-open', 'open', 'wslview'];

/** PersonIo of this process: its terminal, browser and stored sign-ins. */
export function createPersonIo(): PersonIo {
  return {
    terminal: {
      input: isatty(0), // reading the stream itself would make its pipe non-blocking
      output: process.stdout.isTTY === true,
    },
    askLine,
    untilEnded,
    readKept() {
      try {
        return readFileSync(keptFile(), 'utf8');
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        if (code === 'ENOENT') return undefined;
        throw new UsageError(`Cannot read ${keptFile()}: ${message}`);
      }
    },
    keep,
    listRemotes,
    openPage,
    machineName: hostname,
  };
}

/** Asks on standard error: standard output, which may be piped, is for the answer of the command. */
function askLine(
  question: string,
  { unseen = false }: { unseen?: boolean } = {},
): Promise<string | undefined> {
  const { stdin, stderr } = process;
  const isAsked = stdin.isTTY === true;
  let isShown = true;
  const echo = new Writable({
    write(part, _, done) {
      if (isShown) stderr.write(part);
      done();
    },
  });
  const lines = createInterface({
    input: stdin,
    output: isAsked ? echo : undefined,
    terminal: isAsked,
    historySize: 0,
  });
  return new Promise(resolve => {
    lines.once('close', () => {
      if (isAsked && unseen) stderr.write('\n');
      resolve(undefined);
    });
    lines.once('line', line => {
      resolve(line);
      lines.close();
    });
    if (!isAsked) return;
    lines.setPrompt(question);
    lines.prompt();
    isShown = !unseen;
  });
}

function untilEnded(): AbortSignal {
  const end = new AbortController();
  const stop = () => end.abort();
  // Once: a second signal ends the process at once.
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  process.stdout.once('error', stop);
  return end.signal;
}

function keptFolder(): string {
  const { XDG_CONFIG_HOME } = process.env;
  return join(XDG_CONFIG_HOME || join(homedir(), '.config'), 'callboard');
}

function keptFile(): string {
  return join(keptFolder(), 'portals.json');
}

/** Writes beside the file, then renames over it: a kill in between loses nothing, and no other user can read it. */
function keep(text: string): string {
  const file = keptFile();
  const beside = `${file}.${process.pid}`;
  try {
    mkdirSync(keptFolder(), { recursive: true, mode: 0o700 });
    writeFileSync(beside, text, { mode: 0o600, flag: 'w' });
    chmodSync(beside, 0o600); // whatever mode it had before
    renameSync(beside, file);
  } catch (error) {
    throw new UsageError(`Cannot write ${file}: ${(error as Error).message}`);
  }
  return file;
}

function listRemotes(): string[] {
  try {
    return execFileSync(
      'git',
      ['config', '--get-regexp', '^remote\\..*\\.url$'],
      {
        encoding: 'utf8',
        maxBuffer: MOST_BYTES,
        timeout: GIT_MS,
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    )
      .split('\n')
      .flatMap(line => line.split(' ').slice(1, 2));
  } catch {
    return []; // no repository, or no git
  }
}

function openPage(url: string): boolean {
  const program = OPENERS.flatMap(name =>
    (process.env.PATH ?? '').split(delimiter).map(each => join(each, name)),
  ).find(isProgram);
  if (program === undefined) return false;
  const child = spawn(program, [url], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined); // the address was printed
  child.unref();
  return true;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
