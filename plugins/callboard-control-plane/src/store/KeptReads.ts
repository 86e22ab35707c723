import type { WriteCounter } from './WriteCounter';

/** How a part of the record is read: again at each look, or only after somebody wrote where it stands. */
export interface Reads {
  /**
   * @param name - of the part: the same name is the same question
   * @param tables - all that it is read from; of `subjects` only with a fact, so that those tables say it
   */
  read<T>(
    name: string,
    tables: readonly string[],
    read: () => Promise<T>,
  ): Promise<T>;
}

/** Reads at each look. */
export const READ_ALWAYS: Reads = { read: (_name, _tables, read) => read() };

/**
 * Keeps what was read until one of its tables is written. Anyone who gets it shares
 * it with those before and after: it is not to be changed.
 */
export class KeptReads implements Reads {
  readonly #writes: Pick<WriteCounter, 'countOf'>;
  readonly #kept = new Map<string, { count: number; value: unknown }>();

  constructor(writes: Pick<WriteCounter, 'countOf'>) {
    this.#writes = writes;
  }

  async read<T>(
    name: string,
    tables: readonly string[],
    read: () => Promise<T>,
  ): Promise<T> {
    const count = this.#writes.countOf(tables);
    const kept = this.#kept.get(name);
    if (kept && kept.count === count) return kept.value as T;
    const value = await read();
    if (count !== undefined) this.#kept.set(name, { count, value });
    return value;
  }
}
