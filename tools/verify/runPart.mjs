// Runs one part of `npm test`, its output in a file of its own, and says in one
// block how it ended.
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../lib/paths.mjs';
import {
  countTests,
  quoteFailures,
  readFailedFiles,
  readFailedTests,
} from './testLog.mjs';

const END_MS = 20_000; // Playwright and jest end what they started within it

/**
 * Runs a part, and the files of failed tests once more.
 *
 * @returns the part with `outcome` (passed or failed), `seconds` on the wall and
 *   of processors, `counts` of tests, and titles of tests that failed
 *   (`failures`) or passed only the second time (`unsteady`)
 */
export async function runPart(part) {
  const startedAt = performance.now();
  const logFile = join(
    root,
    'test-results',
    `${part.name.replaceAll(/\W+/g, '-')}.log`,
  );
  const first = await runCommand(part, logFile);
  const log = readLog(logFile);
  const again =
    first.problem === undefined ? undefined : await runAgain(part, logFile);
  const unsteady =
    again && again.problem === undefined ? readFailedTests(log) : [];
  const passed = first.problem === undefined || unsteady.length > 0;
  const counts = countTests(log);
  if (unsteady.length > 0) counts.failed = 0;
  const result = {
    ...part,
    counts,
    seconds: (performance.now() - startedAt) / 1000,
    cpuSeconds: first.cpuSeconds + (again?.cpuSeconds ?? 0),
    failures: passed ? [] : readFailedTests(log),
    unsteady,
    outcome: passed ? 'passed' : 'failed',
  };
  process.stdout.write(sayResult(result, log, first.problem));
  return result;
}

function sayResult(part, log, problem) {
  const { name, outcome, seconds, cpuSeconds, counts, unsteady, isPrinted } =
    part;
  const passed = outcome === 'passed';
  const lines = [
    [
      passed ? 'ok  ' : 'FAIL',
      name.padEnd(36),
      `${seconds.toFixed(0).padStart(4)} s`,
      `${cpuSeconds.toFixed(0).padStart(5)} s of CPU`,
      sayCounts(counts),
    ].join(' '),
    ...unsteady.map(title => `     UNSTEADY ${title}: passed when run again`),
    ...(passed ? [] : [quoteFailures(log), problem]),
    ...(passed && isPrinted
      ? [`     ${log.trimEnd().split('\n').at(-1)}`]
      : []),
  ];
  return lines.map(line => `${line.trimEnd()}\n`).join('');
}

function sayCounts({ passed, failed, skipped }) {
  if (passed + failed === 0) return '';
  return ` ${[
    `${passed} passed`,
    failed && `${failed} failed`,
    skipped && `${skipped} skipped`,
  ]
    .filter(Boolean)
    .join(', ')}`;
}

/** Runs the files of failed tests once more, if there are few. */
async function runAgain(part, logFile) {
  const files = readFailedFiles(readLog(logFile));
  if (files.length === 0 || files.length > 3) return undefined;
  const [key, command] = part.program
    ? ['program', part.program]
    : ['command', part.command];
  return runCommand(
    {
      ...part,
      [key]: chooseFiles(command, files),
    },
    logFile.replace(/\.log$/, '-again.log'),
  );
}

/**
 * The command of a part for these test files alone. They stand before its
 * options: an option that takes a list would take them into it.
 */
export function chooseFiles(command, files) {
  const words = command.filter(word => !/^src\/|\.spec$/.test(word));
  const test = words.findIndex(word => /^test(:unit)?$/.test(word));
  return [...words.slice(0, test + 1), ...files, ...words.slice(test + 1)];
}

function readLog(logFile) {
  return existsSync(logFile) ? readFileSync(logFile, 'utf8') : '';
}

const running = new Set();
let isEnding = false;

/** Ends all that runs, as Ctrl-C does, and what does not listen after a while by force; starts nothing more. */
export function endAll(signal) {
  isEnding = true;
  for (const child of running) signalGroup(child, signal);
  setTimeout(() => {
    for (const child of running) signalGroup(child, 'SIGKILL');
  }, END_MS).unref();
}

function signalGroup({ pid }, signal) {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** @returns `problem` (undefined when all is well) and `cpuSeconds` */
function runCommand({ command, program, folder = '.', env = {} }, logFile) {
  const [first, ...args] = program ?? ['yarn', ...command];
  if (isEnding)
    return Promise.resolve({ problem: 'ended before it began', cpuSeconds: 0 });
  // A file, not a pipe: a program that ends at once would lose what is still in a pipe.
  const log = openSync(logFile, 'w');
  return new Promise(resolve => {
    const child = spawn(first, args, {
      cwd: join(root, folder),
      stdio: ['ignore', log, log],
      detached: true, // a group of its own, so that all of it can be ended
      env: {
        ...process.env,
        // The parts for real clusters say themselves that they want them.
        KUBEBUILDER_ASSETS: undefined,
        CALLBOARD_K8S_START: undefined,
        CI: 'true',
        // Databases come from this machine, never from containers.
        BACKSTAGE_TEST_DISABLE_DOCKER: '1',
        NO_COLOR: '1',
        FORCE_COLOR: '0',
        ...env,
      },
    });
    closeSync(log);
    running.add(child);
    const end = problem => {
      running.delete(child);
      resolve({ problem, cpuSeconds: takeCpuSeconds() });
    };
    child.on('error', error => end(error.message));
    child.on('exit', (code, signal) =>
      end(
        code === 0
          ? undefined
          : `${first} ${args.join(' ')} ended with ${signal ?? code}`,
      ),
    );
  });
}

let taken = 0;

/**
 * CPU time of the child that ended last, with all its own children that it
 * waited for. The kernel adds it to ours when the child is gone, so the growth
 * since the last child is this one's.
 */
function takeCpuSeconds() {
  if (!existsSync('/proc/self/stat')) return 0;
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(13, 15);
  const all = (Number(user) + Number(system)) / 100; // ticks of 10 ms on Linux
  const own = all - taken;
  taken = all;
  return own;
}
