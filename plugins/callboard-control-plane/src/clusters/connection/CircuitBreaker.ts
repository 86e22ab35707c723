import type { ConnectionLimits } from './limits';

/**
 * Keeps a dead cluster from costing anything: after some failures in a row
 * nothing is sent for a pause; then one call goes out as a trial, and the pause
 * doubles while trials fail.
 */
export class CircuitBreaker {
  readonly #limits: Pick<
    ConnectionLimits,
    'failuresToOpen' | 'pauseMs' | 'maxPauseMs'
  >;
  #failures = 0;
  #closedUntil = 0;
  #pauseMs: number;

  constructor(
    limits: Pick<ConnectionLimits, 'failuresToOpen' | 'pauseMs' | 'maxPauseMs'>,
  ) {
    this.#limits = limits;
    this.#pauseMs = limits.pauseMs;
  }

  /** How long nothing may be sent; 0 when a call may go. The call that is let through after a pause is the trial. */
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

  recordFailure(nowMs: number): void {
    this.#failures++;
    if (this.#failures < this.#limits.failuresToOpen) return;
    if (this.#failures > this.#limits.failuresToOpen) {
      this.#pauseMs = Math.min(this.#pauseMs * 2, this.#limits.maxPauseMs);
    }
    this.#closedUntil = nowMs + this.#pauseMs;
  }
}
