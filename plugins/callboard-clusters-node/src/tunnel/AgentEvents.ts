import type { TunnelEvent } from './TunnelHub';

/**
 * Notifies listeners when agents connect, disconnect and are refused: the hub
 * has one callback, several parts of the portal listen.
 */
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
