import { setTimeout as sleep } from 'node:timers/promises';

const BASE_MS = 250;

/**
 * Pauses between attempts: full jitter below a ceiling that doubles. A pause
 * ends early on `wake` (the cluster responded) or when the signal aborts.
 */
export class BackOff {
  readonly #maxMs: number;
  readonly #random: () => number;
  readonly #signal: AbortSignal;
  #attempts = 0;
  #wake: () => void = () => undefined;

  constructor(options: {
    maxMs: number;
    random: () => number;
    signal: AbortSignal;
  }) {
    this.#maxMs = options.maxMs;
    this.#random = options.random;
    this.#signal = options.signal;
  }

  reset(): void {
    this.#attempts = 0;
  }

  wake(): void {
    this.#wake();
  }

  async pause(): Promise<void> {
    const ceilingMs = Math.min(
      this.#maxMs,
      BASE_MS * 2 ** Math.min(this.#attempts, 20),
    );
    this.#attempts++;
    await this.sleep(this.#random() * ceilingMs);
  }

  async sleep(ms: number): Promise<void> {
    if (this.#signal.aborted) return;
    const over = new AbortController();
    this.#wake = () => over.abort();
    const signal = AbortSignal.any([this.#signal, over.signal]);
    await sleep(ms, undefined, { signal }).catch(() => undefined); // woken
    this.#wake = () => undefined;
  }
}
