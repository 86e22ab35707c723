import type { ClusterConnection } from '@callboard/plugin-callboard-node';
import type { Knex } from 'knex';

/**
 * A process that dies at a chosen instant: from then on nothing it does has any
 * effect. Instants are counted before and after each write, to the record and
 * to clusters, so that it can die with a write done and nobody told.
 */
export class KillableProcess {
  /** Instants passed so far. */
  instants = 0;
  #diesAt: number;

  constructor(diesAt = Number.POSITIVE_INFINITY) {
    this.#diesAt = diesAt;
  }

  get isDead(): boolean {
    return this.instants >= this.#diesAt;
  }

  /** It dies no more, unless it has: what comes now is no part of the story. */
  spare(): void {
    if (!this.isDead) this.#diesAt = Number.POSITIVE_INFINITY;
  }

  /** The database as this process reaches it. */
  wrapKnex(knex: Knex): Knex {
    return new Proxy(knex, {
      apply: (target, self, args) => {
        this.#live();
        return Reflect.apply(target as never, self, args);
      },
      get: (target, name) => {
        const value = Reflect.get(target, name) as unknown;
        if (typeof value !== 'function') return value;
        if (name === 'transaction') {
          return (work: (tx: Knex.Transaction) => Promise<unknown>) =>
            this.#write(() =>
              target.transaction(async tx => {
                const result = await work(tx);
                this.#live(); // dead before the commit: undone
                return result;
              }),
            );
        }
        return (...args: unknown[]) => {
          this.#live();
          return Reflect.apply(value, target, args) as unknown;
        };
      },
    });
  }

  /** A cluster as this process reaches it. */
  wrap(connection: ClusterConnection): ClusterConnection {
    const writes = new Set<keyof ClusterConnection>(['apply', 'remove']);
    return new Proxy(connection, {
      get: (target, name: keyof ClusterConnection) => {
        const value = target[name] as unknown;
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          const call = () =>
            Reflect.apply(value, target, args) as Promise<unknown>;
          if (writes.has(name)) return this.#write(call);
          if (name !== 'close') this.#live();
          return call();
        };
      },
    });
  }

  async #write<T>(write: () => Promise<T>): Promise<T> {
    this.instants += 1;
    this.#live();
    const result = await write();
    this.instants += 1;
    this.#live();
    return result;
  }

  #live(): void {
    if (this.isDead) throw new Error('the process is dead');
  }
}
