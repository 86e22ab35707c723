import type { Readable } from 'node:stream';
import { LineLimiter, OUTPUT_RATE, type OutputRate } from './LineLimiter';
import { LineSplitter } from './LineSplitter';

const NOTICE_MS = 1_000; // longest delay of the notice about lines that were left out

/**
 * Calls back with the lines of streams of one process, in batches. A process
 * that writes faster than the rate is not read meanwhile, so that it waits, and
 * only part of its lines are kept: "… 12,040 lines left out" replaces the
 * others.
 */
export function readLines(
  streams: readonly Readable[],
  onLines: (lines: string[]) => void,
  options: { rate?: OutputRate; nowMs?: () => number } = {},
): void {
  const limiter = new LineLimiter(
    options.rate ?? OUTPUT_RATE,
    options.nowMs ?? (() => performance.now()),
  );
  let timer: NodeJS.Timeout | undefined;
  const sayLeftOut = () => {
    clearTimeout(timer);
    timer = undefined;
    const notice = limiter.takeNotice();
    if (notice !== undefined) onLines([notice]);
  };
  const pass = (lines: string[]) => {
    if (lines.length === 0) return;
    const notice = limiter.takeNotice();
    onLines(notice === undefined ? lines : [notice, ...lines]);
  };
  const open = new Set(streams);
  streams.forEach(stream => {
    const splitter = new LineSplitter();
    stream.on('data', (chunk: Buffer) => {
      const { lines, leftOut } = splitter.split(chunk, limiter.allowance);
      pass(lines);
      const kept = lines.length;
      const waitMs = limiter.took({ bytes: chunk.length, kept, leftOut });
      if (leftOut > 0) timer ??= setTimeout(sayLeftOut, NOTICE_MS);
      if (waitMs === 0) return;
      stream.pause();
      setTimeout(() => stream.resume(), waitMs);
    });
    stream.once('end', () => {
      const last = splitter.end();
      if (last !== undefined) pass([last]);
      open.delete(stream);
      if (open.size === 0) sayLeftOut();
    });
  });
}
