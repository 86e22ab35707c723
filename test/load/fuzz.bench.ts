/*
 * Inputs that are wrong in a few places, for everything that reads bytes of
 * others, guided by which code they reach: nothing may crash, compute for 50 ms,
 * keep memory, or refuse without a cause that people understand.
 *
 *   node test/load/run.mjs fuzz [1000000] [--seed 1] [--only WORDS]… [--replay FILE]
 *
 * What is found is written into a folder, with the reader's name; `--replay`
 * gives one file of it to its reader again and says the shortest of ten tries; a turn that
 * took too long is timed so, by a process without counters. SIGTERM ends it with its figures.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  READERS,
  type Reader,
  closeReaders,
} from '../src/hostile/__testUtils__/readers';
import { FUZZED } from '../src/hostile/__testUtils__/sources';
import { type Figures, type Found, fuzz, tryOnce } from './fuzz/fuzz';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    only: { type: 'string', multiple: true, default: [] },
    replay: { type: 'string' },
    found: { type: 'string', default: 'test-results/fuzz' },
  },
});
const TRIES = 10; // a collection of garbage is nobody's fault each time
const MOST_GROWTH_BYTES = 64 * 1024 * 1024;

/** Of every branch of the product, by `file:line`; written beside this program when it was bundled. */
const places = JSON.parse(
  readFileSync(join(__dirname, 'places.json'), 'utf8'),
) as string[];
/** Made by build.mjs. */
const counters = globalThis as unknown as {
  __branches: number;
  __wasReached(place: number): boolean;
};

let isStopped = false;
process.once('SIGTERM', () => {
  isStopped = true;
});

async function main(): Promise<void> {
  const readers = READERS.filter(
    ({ name }) =>
      options.only.length === 0 ||
      options.only.some(words => name.includes(words)),
  );
  const inputs = Number(positionals[0] ?? 1_000_000);
  const found: Found[] = [];
  const startedAt = performance.now();
  let heapAtHalf: number | undefined;
  const figures = await fuzz(readers, {
    inputs,
    seed: Number(options.seed),
    reached: { count: () => counters.__branches },
    timeAgain,
    onFound: each => {
      found.push(each);
      keep(each, found.length);
    },
    onProgress: done => {
      if (done >= inputs / 4) heapAtHalf ??= heapBytes();
      if (done % 50_000 === 0)
        process.stderr.write(
          `${done} inputs, ${counters.__branches} branches\n`,
        );
      return !isStopped;
    },
  });
  const grownBytes = heapBytes() - (heapAtHalf ?? heapBytes());
  print(figures);
  process.stdout.write(
    `${figures.reduce((sum, each) => sum + each.inputs, 0)} inputs for ${
      readers.length
    } readers in ${((performance.now() - startedAt) / 60_000).toFixed(
      1,
    )} minutes, seed ${options.seed}: ${counters.__branches} of ${
      places.length
    } branches reached, ${found.length} faults, ${(
      grownBytes /
      2 ** 20
    ).toFixed(1)} MiB more memory than after a quarter\n`,
  );
  await closeReaders();
  const missed = options.only.length === 0 ? FUZZED.filter(isMissed) : [];
  for (const file of missed) process.stdout.write(`No input reached ${file}\n`);
  if (missed.length > 0) process.exitCode = 1;
  if (found.length > 0 || grownBytes > MOST_GROWTH_BYTES) process.exitCode = 1;
}

function keep({ reader, what, bytes }: Found, number: number): void {
  const name = `${number}-${fileNameOf(reader)}`;
  mkdirSync(options.found, { recursive: true });
  writeFileSync(join(options.found, name), bytes);
  process.stdout.write(`${name}, ${bytes.byteLength} bytes: ${what}\n\n`);
}

async function replay(file: string): Promise<void> {
  const name = basename(file).replace(/^\d+-/, '');
  const reader = READERS.find(each => fileNameOf(each.name) === name);
  if (!reader) throw new Error(`No reader is called ${name}`);
  const bytes = readFileSync(file);
  let least = Infinity;
  let found: string | undefined;
  for (let count = 0; count < TRIES; count += 1) {
    const { fault, longestMs } = await tryOnce(reader, bytes);
    found ??= fault;
    least = Math.min(least, longestMs);
  }
  process.stdout.write(`${found ?? 'no fault'}; ${least.toFixed(1)} ms\n`);
  await closeReaders();
}

/** By a process without counters: they are not what anybody waits for. */
function timeAgain(reader: Reader, bytes: Uint8Array): number {
  const file = join(__dirname, `0-${fileNameOf(reader.name)}`);
  writeFileSync(file, bytes);
  const { stdout } = spawnSync(
    process.execPath,
    [join(__dirname, 'plain.cjs'), '--replay', file],
    { encoding: 'utf8' },
  );
  const ms = /; ([0-9.]+) ms$/.exec(stdout.trim())?.[1];
  if (ms === undefined) throw new Error(`${file} cannot be timed: ${stdout}`);
  return Number(ms);
}

function fileNameOf(reader: string): string {
  return reader.replace(/[^a-z0-9]+/gi, '-');
}

function print(figures: readonly Figures[]): void {
  process.stdout.write('| reader | inputs | kept | longest, ms | mean, ms |\n');
  process.stdout.write('| --- | --- | --- | --- | --- |\n');
  for (const { reader, inputs, kept, longestMs, totalMs } of figures)
    process.stdout.write(
      `| ${reader} | ${inputs} | ${kept} | ${longestMs.toFixed(1)} | ${(
        totalMs / Math.max(1, inputs)
      ).toFixed(3)} |\n`,
    );
}

/** Whether no function of a file ran. */
function isMissed(file: string): boolean {
  return !places.some(
    (place, number) =>
      place.startsWith(`${file}:`) && counters.__wasReached(number),
  );
}

function heapBytes(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

const work = options.replay === undefined ? main() : replay(options.replay);
work.catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
