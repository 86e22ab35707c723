import type { ConnectionLimits } from './limits';

/**
 * Limits the cost of a dead cluster: after consecutive failures nothing is sent
 * for a pause; then one call is sent as a trial, and the pause doubles while
 * trials fail.
 */
export class CircuitBreaker {
  readonly #limits: Pick<
    ConnectionLimits,
    'failuresToOpen' | 'pauseMs' | 'maxPauseMs'
  >;
  #failures = 0;
  #closedUntil = 0;
  #openedAtMs = 0;
  #pauseMs: number;

  constructor(
    limits: Pick<ConnectionLimits, 'failuresToOpen' | 'pauseMs' | 'maxPauseMs'>,
  ) {
    this.#limits = limits;
    this.#pauseMs = limits.pauseMs;
  }

  /**
   * Returns the time until a call may be sent; 0 when it may be sent now. The
   * first call after a pause is the trial.
   */
  msToWait(nowMs: number): number {
    if (this.#failures < this.#limits.failuresToOpen) return 0;
    if (nowMs < this.#closedUntil) return this.#closedUntil - nowMs;
    this.#closedUntil = nowMs + this.#pauseMs; // others wait for the trial
    return 0;
  }

  recordSuccess(): void {
    this.#failures = 0;
    this.#pauseMs = this.#limits.pauseMs;
  }

  /**
   * @param sentAtMs - start of the call: concurrent calls that fail together
   *   count as one failure
   */
  recordFailure(nowMs: number, sentAtMs: number): void {
    const isOpen = this.#failures >= this.#limits.failuresToOpen;
    if (isOpen && sentAtMs <= this.#openedAtMs) return;
    this.#failures++;
    if (this.#failures < this.#limits.failuresToOpen) return;
    if (isOpen)
      this.#pauseMs = Math.min(this.#pauseMs * 2, this.#limits.maxPauseMs);
    this.#openedAtMs = nowMs;
    this.#closedUntil = nowMs + this.#pauseMs;
  }
}
