import { seededRandom } from '@callboard/sim';
import { faultOf, leftBehind } from '../../src/hostile/__testUtils__/judge';
import type { Reader } from '../../src/hostile/__testUtils__/readers';
import { Corpus } from './Corpus';

const STALL_MS = 50; // of computing in one turn, as long as the portal may leave a request
const OWN_PROCESS_MS = 1_000; // a person waits at a terminal
const MOST_FAULTS = 3; // of one reader; then it is left alone

/** What was found in one reader. */
export interface Found {
  reader: string;
  what: string;
  bytes: Uint8Array;
}

export interface Figures {
  reader: string;
  inputs: number;
  kept: number;
  /** The longest turn of the event loop, in milliseconds of computing. */
  longestMs: number;
  totalMs: number;
}

/** How many branches were reached so far; see build.mjs. */
export interface Reached {
  count(): number;
}

/**
 * Tries inputs on every reader in turn, keeps those that reach new code, and
 * calls back with what should not be. The same seed gives the same inputs.
 */
export async function fuzz(
  readers: readonly Reader[],
  {
    inputs,
    seed,
    reached,
    timeAgain,
    onFound,
    onProgress,
  }: {
    inputs: number;
    seed: number;
    reached: Reached;
    /** The longest turn of one input where nothing else is measured. */
    timeAgain(reader: Reader, bytes: Uint8Array): number;
    onFound(found: Found): void;
    /** Every thousand inputs. Returns whether to go on. */
    onProgress(done: number): boolean;
  },
): Promise<Figures[]> {
  const states = readers.map((reader, index) => ({
    reader,
    corpus: new Corpus(reader, seededRandom(seed * 1_000 + index)),
    faults: 0,
    figures: {
      reader: reader.name,
      inputs: 0,
      kept: 0,
      longestMs: 0,
      totalMs: 0,
    },
  }));
  let isWanted = true;
  for (let done = 0, round = 0; isWanted && done < inputs; round += 1)
    for (const state of states) {
      const { reader, corpus, figures } = state;
      if (!isWanted || done >= inputs) break;
      if (round % (reader.every ?? 1) !== 0) continue;
      if (state.faults >= MOST_FAULTS) continue;
      const bytes = corpus.next(figures.inputs);
      const before = reached.count();
      const { fault, longestMs, totalMs } = await tryOnce(reader, bytes);
      done += 1;
      figures.inputs += 1;
      figures.totalMs += totalMs;
      const mostMs = reader.isOwnProcess ? OWN_PROCESS_MS : STALL_MS;
      const longMs = longestMs < mostMs ? longestMs : timeAgain(reader, bytes);
      figures.longestMs = Math.max(figures.longestMs, longMs);
      const what =
        fault ??
        (longMs >= mostMs
          ? `${longMs.toFixed(0)} ms of computing at once`
          : undefined) ??
        (leftBehind().length > 0
          ? 'left something in every object'
          : undefined);
      if (what !== undefined) {
        state.faults += 1;
        onFound({ reader: reader.name, what, bytes });
      } else if (reached.count() > before) {
        corpus.keep(bytes);
        figures.kept += 1;
      }
      if (done % 1_000 === 0) isWanted = onProgress(done);
    }
  return states.map(({ figures }) => figures);
}

/** Gives a reader one input. */
export async function tryOnce(
  reader: Reader,
  bytes: Uint8Array,
): Promise<{
  fault: string | undefined;
  longestMs: number;
  totalMs: number;
}> {
  const before = computedMs();
  const endWatch = watchTurns();
  const fault = await faultOf(reader, bytes);
  return { fault, longestMs: endWatch(), totalMs: computedMs() - before };
}

/** Measures the longest turn of the event loop until it is ended: what others wait for. */
function watchTurns(): () => number {
  let beganMs = computedMs();
  let longestMs = 0;
  let isOver = false;
  const turn = () => {
    const nowMs = computedMs();
    longestMs = Math.max(longestMs, nowMs - beganMs);
    beganMs = nowMs;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  return () => {
    isOver = true;
    return Math.max(longestMs, computedMs() - beganMs);
  };
}

/** Of this thread, which other programs and collectors beside do not add to. */
function computedMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}
