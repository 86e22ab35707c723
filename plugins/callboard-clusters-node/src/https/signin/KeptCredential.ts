/** A credential, with its expiry if it has one. */
export interface GivenCredential<T> {
  value: T;
  /** Milliseconds since 1970. */
  expiresAtMs?: number;
}

const EARLY_MS = 60_000; // before its expiry: clocks differ
const EARLY_PART = 0.2; // of its lifetime, where that is shorter
const PAUSE_MS = 10_000; // after a failure, and between two that the server refused

/**
 * A credential that is fetched when it is first needed, cached, and fetched
 * again before it expires. One fetch at a time; callers get a valid credential
 * without waiting for the next. After a failure the same error is thrown for
 * ten seconds.
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
      if (isDue && mayTry) this.#renew().catch(() => undefined); // the valid one is used meanwhile
      return kept.value;
    }
    if (this.#running === undefined && !mayTry) throw this.#failure?.error;
    return this.#renew();
  }

  /**
   * Drops a credential that the server refused, unless it is younger than ten
   * seconds. The next `read` fetches another.
   */
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
