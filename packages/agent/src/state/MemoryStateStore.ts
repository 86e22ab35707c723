import type { StatePart, StateStore } from './StateStore';

/** Keeps state for as long as the process lives: an agent that was given no place for it. */
export class MemoryStateStore implements StateStore {
  readonly #parts = new Map<StatePart, Uint8Array>();

  async read(): Promise<Map<StatePart, Uint8Array>> {
    return new Map(this.#parts);
  }

  async write(part: StatePart, bytes: Uint8Array): Promise<void> {
    this.#parts.set(part, bytes);
  }
}
