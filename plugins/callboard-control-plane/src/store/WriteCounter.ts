import type { Knex } from 'knex';

/** Written all the time, and no page of apps or clusters is made of them. */
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

const HEAD_CHARACTERS = 200; // verb and table stand first

/**
 * Counts what this process writes into the record, statement by statement and
 * before it takes effect, so that nothing that was read before can be taken for
 * current. Not told by anyone who writes: no write can be forgotten.
 *
 * Complete only where this process alone writes: on SQLite, which executes a
 * statement in the turn of the event loop that announces it.
 */
export class WriteCounter {
  #count = 0;
  readonly #byTable = new Map<string, number>();
  /** Transactions that have written, and where. */
  readonly #open = new Map<string, Set<string>>();

  readonly #stop: () => void;

  constructor(knex: Knex) {
    const listener = ({ sql, __knexTxId: transaction }: StatementEvent) =>
      this.#note(sql, transaction);
    knex.on('query', listener);
    this.#stop = () => knex.removeListener('query', listener);
  }

  /** Counts no more. */
  close(): void {
    this.#stop();
  }

  /** Another number after every write. */
  get count(): number {
    return this.#count;
  }

  /** Another number after every write to one of these tables; `undefined` where one is not counted. */
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
        // Read meanwhile is what was before.
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
