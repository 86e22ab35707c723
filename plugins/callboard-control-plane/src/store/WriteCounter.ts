import type { Knex } from 'knex';

/** Written continuously, and not shown on any page of apps or clusters. */
const ASIDE = new Set([
  'agent_links',
  'cluster_heartbeats',
  'leases',
  'observed_objects',
  'portal_runs',
  'questions',
  'usage',
  'usage_points',
  'watch_cursors',
]);

const HEAD_CHARACTERS = 200; // the verb and the table come first

/**
 * Counts what this process writes to the database, statement by statement and
 * before it takes effect, so that an earlier read is never taken for current.
 * Writers need not report their writes, so none can be forgotten.
 *
 * Complete only where this process alone writes: on SQLite, which executes a
 * statement in the turn of the event loop that announces it.
 */
export class WriteCounter {
  #count = 0;
  readonly #byTable = new Map<string, number>();
  /** Open transactions that have written, and the tables that they wrote. */
  readonly #open = new Map<string, Set<string>>();

  readonly #stop: () => void;

  constructor(knex: Knex) {
    const listener = ({ sql, __knexTxId: transaction }: StatementEvent) =>
      this.#note(sql, transaction);
    knex.on('query', listener);
    this.#stop = () => knex.removeListener('query', listener);
  }

  /** Stops counting. */
  close(): void {
    this.#stop();
  }

  /** Changes with every write. */
  get count(): number {
    return this.#count;
  }

  /** Changes with every write to one of these tables; `undefined` where one of them is not counted. */
  countOf(tables: readonly string[]): number | undefined {
    if (tables.some(table => ASIDE.has(table))) return undefined;
    return tables.reduce(
      (sum, table) => sum + (this.#byTable.get(table) ?? 0),
      0,
    );
  }

  #note(sql: string, transaction: string | undefined): void {
    const [verb, ...rest] = wordsOf(sql);
    switch (verb) {
      case 'select':
      case 'pragma':
      case 'begin':
      case 'savepoint':
      case 'release':
        return;
      case 'commit':
      case 'rollback':
        // Reads made meanwhile saw the previous state.
        if (transaction === undefined) this.#wrote(...this.#byTable.keys());
        else this.#wrote(...(this.#open.get(transaction) ?? []));
        if (transaction !== undefined) this.#open.delete(transaction);
        return;
      default: {
        const table = tableOf(rest);
        if (ASIDE.has(table)) return;
        this.#wrote(table);
        if (transaction === undefined) return;
        const tables = this.#open.get(transaction) ?? new Set();
        this.#open.set(transaction, tables.add(table));
      }
    }
  }

  #wrote(...tables: string[]): void {
    if (tables.length > 0) this.#count += 1;
    for (const table of tables)
      this.#byTable.set(table, (this.#byTable.get(table) ?? 0) + 1);
  }
}

function wordsOf(sql: string): string[] {
  return sql.slice(0, HEAD_CHARACTERS).toLowerCase().match(/\w+/g) ?? [];
}

/** Of the words after `insert`, `update` or `delete`. */
function tableOf(words: string[]): string {
  const conflict = words[0] === 'or' ? 2 : 0; // insert or ignore
  const preposition = ['into', 'from'].includes(words[conflict]) ? 1 : 0;
  return words[conflict + preposition] ?? '';
}

interface StatementEvent {
  sql: string;
  __knexTxId?: string;
}
