import type { StatePart, StateStore } from './StateStore';

/** Keeps state in memory, for an agent without a configured store. */
export class MemoryStateStore implements StateStore {
  readonly #parts = new Map<StatePart, Uint8Array>();

  async read(): Promise<Map<StatePart, Uint8Array>> {
    return new Map(this.#parts);
  }

  async write(part: StatePart, bytes: Uint8Array): Promise<void> {
    this.#parts.set(part, bytes);
  }
}
