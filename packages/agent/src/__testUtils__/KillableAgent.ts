import { ApiServer } from '../api/ApiServer';
import type { StatePart, StateStore } from '../state/StateStore';

/**
 * An agent's process that dies at a chosen instant: from then on nothing it
 * does has any effect. Instants are counted before and after each write, to its
 * store and to its cluster, so that it can die with a write done and nobody told.
 */
export class KillableAgent {
  /** Instants passed so far. */
  instants = 0;
  readonly #diesAt: number;
  readonly #onDeath: () => void;

  constructor(diesAt: number, onDeath: () => void) {
    this.#diesAt = diesAt;
    this.#onDeath = onDeath;
  }

  get isDead(): boolean {
    return this.instants >= this.#diesAt;
  }

  wrapStore(store: StateStore): StateStore {
    return {
      read: () => store.read(),
      write: (part: StatePart, bytes: Uint8Array) =>
        this.#write(() => store.write(part, bytes)),
    };
  }

  wrapApi(api: ApiServer): ApiServer {
    return new Proxy(api, {
      get: (target, name: keyof ApiServer) => {
        if (name !== 'send') return () => target.close();
        const send: ApiServer['send'] = (request, signal) =>
          request.method === 'GET' || request.path.includes('dryRun')
            ? this.#live(() => target.send(request, signal))
            : this.#write(() => target.send(request, signal));
        return send;
      },
    });
  }

  async #write<T>(write: () => Promise<T>): Promise<T> {
    this.#pass();
    const value = await this.#live(write);
    this.#pass();
    return this.#live(async () => value);
  }

  #live<T>(work: () => Promise<T>): Promise<T> {
    return this.isDead ? new Promise<T>(() => undefined) : work();
  }

  /** The dead never come back from here. */
  #pass(): void {
    if (this.isDead) return;
    this.instants += 1;
    if (this.isDead) this.#onDeath();
  }
}
