import type { WriteCounter } from './WriteCounter';

/** How a part of the database is read: at each call, or only after a write to one of its tables. */
export interface Reads {
  /**
   * @param name - of the part: the same name means the same query
   * @param tables - all tables that it is read from; of `subjects` only
   *   together with a fact, whose tables then show the change
   */
  read<T>(
    name: string,
    tables: readonly string[],
    read: () => Promise<T>,
  ): Promise<T>;
}

/** Reads at each call. */
export const READ_ALWAYS: Reads = { read: (_name, _tables, read) => read() };

/** Keeps a result until one of its tables is written. Callers share the result: it must not be changed. */
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
