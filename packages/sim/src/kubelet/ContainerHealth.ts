import type { Clock } from '../clock';
import type { Container, Probe } from '../kinds';
import { probeContainer, type ProbeTarget } from './probeContainer';
import { ProbeLoop } from './ProbeLoop';

export interface ContainerHealthOptions {
  target: ProbeTarget;
  clock: Clock;
  warmUpMs: number;
  /** Called when the startup probe succeeded, or when there is none. */
  onStarted(): void;
  onReady(isReady: boolean): void;
  /** Called for each failed probe with the message of its event. */
  onFailure(message: string): void;
  /** Called at the failure threshold: the container is to be killed. */
  onDead(probe: 'liveness' | 'startup'): void;
}

/** Probes one run of a container: first startup, then readiness and liveness. */
export class ContainerHealth {
  readonly #options: ContainerHealthOptions;
  #probes: ProbeLoop[] = [];

  constructor(options: ContainerHealthOptions) {
    this.#options = options;
  }

  watch(): void {
    const { startupProbe } = this.#container;
    if (startupProbe === undefined) this.#begin();
    else this.#ask('Startup', startupProbe, isOk => this.#judgeStart(isOk));
  }

  stop(): void {
    this.#probes.forEach(probe => probe.stop());
    this.#probes = [];
  }

  get #container(): Container {
    return this.#options.target.container;
  }

  #judgeStart(isOk: boolean): void {
    this.stop();
    if (isOk) this.#begin();
    else this.#options.onDead('startup');
  }

  #begin(): void {
    const { onStarted, onReady, onDead, warmUpMs } = this.#options;
    const { readinessProbe, livenessProbe } = this.#container;
    onStarted();
    if (readinessProbe === undefined) onReady(true);
    else this.#ask('Readiness', readinessProbe, onReady, warmUpMs);
    if (livenessProbe !== undefined)
      this.#ask('Liveness', livenessProbe, isOk => isOk || onDead('liveness'));
  }

  #ask(
    word: string,
    probe: Probe,
    onVerdict: (isOk: boolean) => void,
    warmUpMs?: number,
  ): void {
    const { target, clock, onFailure } = this.#options;
    const loop = new ProbeLoop({
      probe,
      clock,
      warmUpMs,
      onVerdict,
      ask: () => probeContainer(probe, target),
      onFailure: message => onFailure(`${word} probe failed: ${message}`),
    });
    this.#probes.push(loop);
  }
}
