import type { Problem } from '@callboard/plugin-callboard-common';
import type { Knex } from 'knex';
import { describeStoreFault } from './describeStoreFault';

const PROBE_MS = 1_000; // a caller waits for the answer

/**
 * Whether the database accepts changes, by the result of the last write. Writes
 * that happen anyway (leases are renewed every few seconds) serve as the probe.
 */
export class StoreCondition {
  readonly #knex: Knex;
  #problem: Problem | undefined;
  #onCured: () => void = () => {};

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Why changes cannot be recorded now; `undefined` when they can. */
  get problem(): Problem | undefined {
    return this.#problem;
  }

  /** Calls back when writes work again after they did not. */
  onCured(listener: () => void): void {
    this.#onCured = listener;
  }

  wrote(): void {
    if (!this.#problem) return;
    this.#problem = undefined;
    this.#onCured();
  }

  /** Records a failed write. Errors that are not faults of the database change nothing. */
  failed(error: unknown): void {
    this.#problem = describeStoreFault(error) ?? this.#problem;
  }

  /** Probes the database, for a caller that was refused for any reason. */
  async probe(): Promise<Problem | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(
        () => reject(new Error('Timeout acquiring a connection')),
        PROBE_MS,
      );
    });
    try {
      const answer = Promise.resolve(this.#knex.raw('select 1'));
      answer.catch(() => {}); // may reject after the deadline
      await Promise.race([answer, silence]);
      return undefined;
    } catch (error) {
      return describeStoreFault(error);
    } finally {
      clearTimeout(timer);
    }
  }
}
