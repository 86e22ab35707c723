import type { Clock } from '../clock';
import type { Probe } from '../kinds';
import type { ProbeResult } from './probeContainer';

export interface ProbeLoopOptions {
  probe: Probe;
  clock: Clock;
  ask(): Promise<ProbeResult>;
  /** Called once per change: enough successes, or enough failures, in a row. */
  onVerdict(isOk: boolean): void;
  onFailure(message: string): void;
  /** Within the first period, failures do not count and the next probe follows after this delay. */
  warmUpMs?: number;
}

const DEFAULT_PERIOD_S = 10;

/** Repeats one probe of one run of a container until it is stopped. */
export class ProbeLoop {
  readonly #options: ProbeLoopOptions;
  readonly #startedAtMs: number;
  #successes = 0;
  #failures = 0;
  #verdict: boolean | undefined;
  #isStopped = false;
  #cancel = () => {};

  constructor(options: ProbeLoopOptions) {
    this.#options = options;
    this.#startedAtMs = options.clock.now().getTime();
    this.#schedule((options.probe.initialDelaySeconds ?? 0) * 1000);
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel();
  }

  #schedule(ms: number): void {
    this.#cancel = this.#options.clock.schedule(ms, () => {
      this.#ask().catch(() => undefined);
    });
  }

  async #ask(): Promise<void> {
    const result = await this.#options.ask();
    if (this.#isStopped) return;
    const isWarmingUp = this.#isWarmingUp() && !result.ok;
    if (!isWarmingUp) this.#count(result);
    if (this.#isStopped) return;
    this.#schedule(
      isWarmingUp
        ? this.#options.warmUpMs ?? 0
        : (this.#options.probe.periodSeconds ?? DEFAULT_PERIOD_S) * 1000,
    );
  }

  #isWarmingUp(): boolean {
    const { warmUpMs, probe, clock } = this.#options;
    if (warmUpMs === undefined || this.#verdict !== undefined) return false;
    const endMs =
      this.#startedAtMs +
      ((probe.initialDelaySeconds ?? 0) +
        (probe.periodSeconds ?? DEFAULT_PERIOD_S)) *
        1000;
    return clock.now().getTime() + warmUpMs < endMs;
  }

  #count(result: ProbeResult): void {
    const { probe, onVerdict, onFailure } = this.#options;
    this.#successes = result.ok ? this.#successes + 1 : 0;
    this.#failures = result.ok ? 0 : this.#failures + 1;
    if (!result.ok) onFailure(result.message);
    const isOk = result.ok
      ? this.#successes >= (probe.successThreshold ?? 1)
      : undefined;
    const isBad = !result.ok && this.#failures >= (probe.failureThreshold ?? 3);
    if (isOk === true && this.#verdict !== true) this.#notify(true, onVerdict);
    if (isBad && this.#verdict !== false) this.#notify(false, onVerdict);
  }

  #notify(verdict: boolean, onVerdict: (isOk: boolean) => void): void {
    this.#verdict = verdict;
    onVerdict(verdict);
  }
}
