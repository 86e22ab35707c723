/*
 * Inputs that are wrong in a few places, for everything that reads bytes of
 * others, guided by which code they reach: nothing may crash, compute for 50 ms,
 * keep memory, or refuse without a cause that people understand.
 *
 *   node test/load/run.mjs fuzz [1000000] [--seed 1] [--only WORDS] [--replay FILE]
 *
 * What is found is written into a folder, with the reader's name; `--replay`
 * gives one file of it to its reader again. SIGTERM ends it with its figures.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { READERS, closeReaders } from '../src/hostile/__testUtils__/readers';
import { FUZZED } from '../src/hostile/__testUtils__/sources';
import { type Figures, type Found, fuzz, tryOnce } from './fuzz/fuzz';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    replay: { type: 'string' },
    found: { type: 'string', default: 'test-results/fuzz' },
  },
});
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
  const readers = READERS.filter(({ name }) => name.includes(options.only));
  const inputs = Number(positionals[0] ?? 1_000_000);
  const found: Found[] = [];
  const startedAt = performance.now();
  let heapAtHalf: number | undefined;
  const figures = await fuzz(readers, {
    inputs,
    seed: Number(options.seed),
    reached: { count: () => counters.__branches },
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
  const missed = options.only === '' ? FUZZED.filter(isMissed) : [];
  for (const file of missed) process.stdout.write(`No input reached ${file}\n`);
  if (missed.length > 0) process.exitCode = 1;
  if (found.length > 0 || grownBytes > MOST_GROWTH_BYTES) process.exitCode = 1;
}

function keep({ reader, what, bytes }: Found, number: number): void {
  const name = `${number}-${reader.replace(/[^a-z0-9]+/gi, '-')}`;
  mkdirSync(options.found, { recursive: true });
  writeFileSync(join(options.found, name), bytes);
  process.stdout.write(`${name}, ${bytes.byteLength} bytes: ${what}\n\n`);
}

async function replay(file: string): Promise<void> {
  const name = basename(file).replace(/^\d+-/, '');
  const reader = READERS.find(
    each => each.name.replace(/[^a-z0-9]+/gi, '-') === name,
  );
  if (!reader) throw new Error(`No reader is called ${name}`);
  const { fault, longestMs } = await tryOnce(reader, readFileSync(file));
  process.stdout.write(`${fault ?? 'no fault'}; ${longestMs.toFixed(1)} ms\n`);
  await closeReaders();
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
