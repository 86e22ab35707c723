/** A credential as it was given, and until when it is good where that was said. */
export interface GivenCredential<T> {
  value: T;
  /** Milliseconds since 1970. */
  expiresAtMs?: number;
}

const EARLY_MS = 60_000; // renewed so long before its end: clocks differ
const EARLY_PART = 0.2; // of its life, where that is shorter
const PAUSE_MS = 10_000; // after a failure, and between two that the server did not take

/**
 * A credential that is fetched when it is first needed, kept, and fetched again
 * before it ends. One fetch at a time; while a good one is there nobody waits for
 * the next. After a failure the same error is thrown for ten seconds.
 */
export class KeptCredential<T> {
  readonly #fetch: () => Promise<GivenCredential<T>>;
  readonly #nowMs: () => number;
  #kept: (GivenCredential<T> & { fetchedAtMs: number }) | undefined;
  #failure: { error: unknown; atMs: number } | undefined;
  #running: Promise<T> | undefined;

  /** @param nowMs milliseconds since 1970 */
  constructor(fetch: () => Promise<GivenCredential<T>>, nowMs: () => number) {
    this.#fetch = fetch;
    this.#nowMs = nowMs;
  }

  async read(): Promise<T> {
    const nowMs = this.#nowMs();
    const kept = this.#kept;
    const isGood = kept !== undefined && nowMs < (kept.expiresAtMs ?? Infinity);
    const isDue = kept === undefined || nowMs >= renewAtMs(kept);
    const mayTry =
      this.#failure === undefined || nowMs - this.#failure.atMs >= PAUSE_MS;
    if (isGood) {
      if (isDue && mayTry) this.#renew().catch(() => undefined); // the one that is good is used meanwhile
      return kept.value;
    }
    if (this.#running === undefined && !mayTry) throw this.#failure?.error;
    return this.#renew();
  }

  /** The server did not take it. A new one is fetched the next time, unless this one is ten seconds young. */
  refuse(): void {
    if (this.#kept && this.#nowMs() - this.#kept.fetchedAtMs >= PAUSE_MS)
      this.#kept = undefined;
  }

  #renew(): Promise<T> {
    this.#running ??= this.#fetchOnce().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #fetchOnce(): Promise<T> {
    try {
      const given = await this.#fetch();
      this.#kept = { ...given, fetchedAtMs: this.#nowMs() };
      this.#failure = undefined;
      return given.value;
    } catch (error) {
      this.#failure = { error, atMs: this.#nowMs() };
      throw error;
    }
  }
}

function renewAtMs({
  expiresAtMs,
  fetchedAtMs,
}: {
  expiresAtMs?: number;
  fetchedAtMs: number;
}): number {
  if (expiresAtMs === undefined) return Infinity;
  const life = expiresAtMs - fetchedAtMs;
  return expiresAtMs - Math.min(EARLY_MS, life * EARLY_PART);
}
