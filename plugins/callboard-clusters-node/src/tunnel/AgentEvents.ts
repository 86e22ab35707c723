import type { TunnelEvent } from './TunnelHub';

/** Tells anyone who listens of agents that come, go and are refused: the hub speaks to one place, several want to hear it. */
export class AgentEvents {
  readonly #listeners = new Set<(event: TunnelEvent) => void>();

  notify(event: TunnelEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }

  listen(listener: (event: TunnelEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
