/** Limits on the output of one process. */
export interface OutputRate {
  /** Read per second, over all its streams; beyond it the pipe stays full, so that the writer waits. */
  bytesPerSecond: number;
  /** Kept per second; further lines are counted and left out. */
  linesPerSecond: number;
  /** Kept in one burst after a pause. */
  burstLines: number;
}

/**
 * Far more than a person reads, and little work for this process: a container
 * at this rate takes half a percent of a core.
 */
export const OUTPUT_RATE: OutputRate = {
  bytesPerSecond: 4 * 1024 ** 2,
  linesPerSecond: 500,
  burstLines: 2_000,
};

/**
 * Decides how many lines and bytes of a process's output are kept: two token
 * buckets over the caller's clock. Counts the lines that were left out.
 */
export class LineLimiter {
  readonly #rate: OutputRate;
  readonly #nowMs: () => number;
  #lines: number;
  #bytes: number;
  #atMs: number;
  #leftOut = 0;

  constructor(rate: OutputRate, nowMs: () => number) {
    this.#rate = rate;
    this.#nowMs = nowMs;
    this.#lines = rate.burstLines;
    this.#bytes = rate.bytesPerSecond;
    this.#atMs = nowMs();
  }

  /** Number of lines that may be kept now. */
  get allowance(): number {
    this.#refill();
    return Math.floor(this.#lines);
  }

  /** Records a chunk that was read. @returns milliseconds to wait before reading the next one; 0 for none */
  took(chunk: { bytes: number; kept: number; leftOut: number }): number {
    this.#refill();
    this.#bytes -= chunk.bytes;
    this.#lines -= chunk.kept;
    this.#leftOut += chunk.leftOut;
    if (this.#bytes > 0) return 0;
    return Math.ceil((-this.#bytes / this.#rate.bytesPerSecond) * 1000) + 1;
  }

  /** A line that reports those left out since the last call; undefined when there are none. */
  takeNotice(): string | undefined {
    if (this.#leftOut === 0) return undefined;
    const count = this.#leftOut.toLocaleString('en');
    const lines = this.#leftOut === 1 ? 'line' : 'lines';
    this.#leftOut = 0;
    return `… ${count} ${lines} left out`;
  }

  #refill(): void {
    const { bytesPerSecond, linesPerSecond, burstLines } = this.#rate;
    const nowMs = this.#nowMs();
    const seconds = Math.max(0, nowMs - this.#atMs) / 1000;
    this.#atMs = nowMs;
    this.#bytes = Math.min(
      bytesPerSecond,
      this.#bytes + seconds * bytesPerSecond,
    );
    this.#lines = Math.min(burstLines, this.#lines + seconds * linesPerSecond);
  }
}
